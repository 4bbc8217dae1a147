import { Button, TextInput } from '@mantine/core';
import type { Webhook, WebhookEventName, WebhookWithSecret } from '@tandem/api';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Segments } from '../ui/segments.tsx';
import s from './programs.module.css';
import { refreshPrograms } from './queries.ts';

/** In the order a task lives through them. */
const EVENTS: readonly WebhookEventName[] = [
  'task.created',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.deleted',
  'task.restored',
];
const NAME_MAX = 100;
const URL_MAX = 2000;

type Field = 'name' | 'url' | 'events';

/** A new webhook, or one that is changed. */
export function WebhookForm({
  webhook,
  onCancel,
  onSaved,
}: {
  webhook: Webhook | null;
  onCancel: () => void;
  onSaved: (saved: Webhook | WebhookWithSecret) => void;
}) {
  const { t } = useT();
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const [every, setEvery] = useState((webhook?.events.length ?? 0) === 0);
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? []);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const [fault, setFault] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  // The form came because somebody asked for it.
  useEffect(() => first.current?.focus(), []);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!every && events.length === 0) {
      return setErrors({ events: t('programs.hooks.eventsMissing') });
    }
    setBusy(true);
    setErrors({});
    setFault(null);
    try {
      const body = { name, url: url.trim(), events: every ? [] : events };
      const saved = await request<Webhook | WebhookWithSecret>(
        webhook === null ? 'v1/webhooks' : `v1/webhooks/${webhook.id}`,
        { method: webhook === null ? 'POST' : 'PATCH', body },
      );
      await refreshPrograms();
      onSaved(saved);
    } catch (problem) {
      setBusy(false);
      const named = problem instanceof ApiProblem ? problem : null;
      const [inName, inUrl] = [named?.field('name'), named?.field('url')];
      setErrors({ ...(inName ? { name: inName } : {}), ...(inUrl ? { url: inUrl } : {}) });
      if (!inName && !inUrl) setFault(problemText(t, problem));
    }
  };
  const toggle = (event: string, chosen: boolean) =>
    setEvents(EVENTS.filter((one) => (one === event ? chosen : events.includes(one))));

  return (
    <form className={s.card} noValidate onSubmit={(event) => void save(event)}>
      <TextInput
        label={t('programs.hooks.name')}
        placeholder={t('programs.hooks.namePlaceholder')}
        maxLength={NAME_MAX}
        value={name}
        error={errors.name}
        ref={first}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('programs.hooks.url')}
        type="url"
        inputMode="url"
        autoComplete="off"
        maxLength={URL_MAX}
        value={url}
        error={errors.url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <fieldset className={s.events}>
        <legend>{t('programs.hooks.events')}</legend>
        <Segments
          name="every"
          label={t('programs.hooks.events')}
          options={[
            { value: 'every', text: t('programs.hooks.every') },
            { value: 'some', text: t('programs.hooks.some') },
          ]}
          value={every ? 'every' : 'some'}
          onChange={(choice) => setEvery(choice === 'every')}
        />
        {!every && (
          <div className={s.checks}>
            {EVENTS.map((event) => (
              <label key={event}>
                <input
                  type="checkbox"
                  checked={events.includes(event)}
                  onChange={({ currentTarget }) => toggle(event, currentTarget.checked)}
                />
                {t(`programs.hooks.event.${event}`)}
              </label>
            ))}
          </div>
        )}
      </fieldset>
      <div role="alert">
        {(errors.events || fault) && <p className={layout.bad}>{errors.events ?? fault}</p>}
      </div>
      <div className={s.actions}>
        <Button type="submit" loading={busy}>
          {t(webhook === null ? 'programs.hooks.add' : 'programs.hooks.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('programs.hooks.cancel')}
        </Button>
      </div>
    </form>
  );
}
