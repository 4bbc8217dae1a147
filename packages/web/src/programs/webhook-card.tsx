import { Button } from '@mantine/core';
import type { Webhook, WebhookEventName, WebhookWithSecret } from '@tandem/api';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { toast } from '../ui/toast.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import s from './programs.module.css';
import { refreshPrograms } from './queries.ts';
import { ShownOnce } from './shown-once.tsx';
import { WebhookForm } from './webhook-form.tsx';

/** One webhook: where it leads, how it is doing, what can be done with it, and its log. */
export function WebhookCard({ webhook }: { webhook: Webhook }) {
  const { t, language } = useT();
  const { id, name, url, events, state, failures, failingSince, pauseUntil } = webhook;
  const [mode, setMode] = useState<'view' | 'edit' | 'remove'>('view');
  const [secret, setSecret] = useState<string | null>(null);
  const [logOpen, setLogOpen] = useState(false);
  const listed = (words: string[]) =>
    new Intl.ListFormat(language, { style: 'narrow' }).format(words);
  const when = (at: string | null) => (at === null ? '' : formatMoment(at, language));

  const act = async (
    path: string,
    method: 'POST' | 'PATCH',
    said: string | null,
    body?: object,
  ) => {
    try {
      const reply = await request<Webhook | WebhookWithSecret>(`v1/webhooks/${id}${path}`, {
        method,
        body,
      });
      if ('secret' in reply) setSecret(reply.secret);
      if (said !== null) toast(said);
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    await refreshPrograms();
  };
  const ping = async () => {
    setLogOpen(true);
    await act('/ping', 'POST', t('programs.hooks.pinged'));
  };

  if (mode === 'edit') {
    const back = () => setMode('view');
    return <WebhookForm webhook={webhook} onCancel={back} onSaved={back} />;
  }
  return (
    <section className={s.card} aria-label={name} data-state={state}>
      <div className={s.head}>
        <h3>{name}</h3>
        <span className={s.state} data-state={state}>
          {t(`programs.hooks.state.${state}`)}
        </span>
      </div>
      <p className={s.address}>{url}</p>
      <p className={layout.quiet}>
        {events.length === 0
          ? t('programs.hooks.everyShort')
          : listed(events.map((one) => t(`programs.hooks.event.${one as WebhookEventName}`)))}
      </p>
      {state === 'stopped' && (
        <p className={layout.bad}>
          {failingSince === null
            ? t('programs.hooks.flooded')
            : t('programs.hooks.stopped', { when: when(failingSince) })}
        </p>
      )}
      {state === 'on' && failures > 0 && (
        <p className={layout.amberText}>
          {t('programs.hooks.failing', { count: failures })}{' '}
          {pauseUntil &&
            new Date(pauseUntil) > new Date() &&
            t('programs.hooks.pausedUntil', { when: when(pauseUntil) })}
        </p>
      )}
      {secret && (
        <ShownOnce
          title={t('programs.hooks.secretOf', { name })}
          text={t('programs.hooks.secretText')}
          value={secret}
          onClose={() => setSecret(null)}
        />
      )}
      <div className={s.actions}>
        {state === 'on' ? (
          <>
            <Button size="compact-sm" variant="default" onClick={() => void ping()}>
              {t('programs.hooks.ping')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void act('', 'PATCH', null, { state: 'off' })}
            >
              {t('programs.hooks.switchOff')}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" onClick={() => void act('', 'PATCH', null, { state: 'on' })}>
            {t('programs.hooks.switchOn')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('programs.hooks.editName', { name })}
          onClick={() => setMode('edit')}
        >
          {t('programs.hooks.edit')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void act('/secret', 'POST', null)}
        >
          {t('programs.hooks.rotate')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="var(--red)"
          onClick={() => setMode('remove')}
        >
          {t('programs.hooks.remove')}
        </Button>
      </div>
      <details
        className={s.log}
        open={logOpen}
        onToggle={(event) => setLogOpen(event.currentTarget.open)}
      >
        <summary>{t('programs.hooks.log')}</summary>
        {logOpen && <DeliveryLog webhook={webhook} />}
      </details>
      {mode === 'remove' && (
        <ConfirmDialog
          title={t('programs.hooks.removeTitle', { name })}
          text={t('programs.hooks.removeText')}
          confirm={t('programs.hooks.remove')}
          keep={t('programs.hooks.keep')}
          onClose={() => setMode('view')}
          act={async () => {
            await request(`v1/webhooks/${id}`, { method: 'DELETE' });
            toast(t('programs.hooks.removed', { name }));
            await refreshPrograms();
          }}
        />
      )}
    </section>
  );
}
