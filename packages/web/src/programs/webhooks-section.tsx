import { Button } from '@mantine/core';
import type { WebhookWithSecret } from '@tandem/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Section } from '../ui/section.tsx';
import { webhooksQuery } from './queries.ts';
import { ShownOnce } from './shown-once.tsx';
import { WebhookCard } from './webhook-card.tsx';
import { WebhookForm } from './webhook-form.tsx';

export function WebhooksSection() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
  const isAdmin = me?.role === 'admin';
  return (
    <Section title={t('programs.hooks.title')} text={t('programs.hooks.text')}>
      {isAdmin ? (
        <Webhooks />
      ) : (
        <p className={layout.remark}>
          {t('programs.hooks.adminOnly', { workspace: me?.workspaceName ?? '' })}
        </p>
      )}
    </Section>
  );
}

function Webhooks() {
  const { t } = useT();
  const query = useInfiniteQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const webhooks = query.data?.pages.flatMap((page) => page.webhooks);
  if (query.isError && !webhooks) {
    return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  }
  if (!webhooks) return <PageSkeleton />;
  return (
    <>
      {webhooks.length === 0 && !adding && (
        <p className={layout.quiet}>{t('programs.hooks.none')}</p>
      )}
      {webhooks.map((webhook) => (
        <WebhookCard key={webhook.id} webhook={webhook} />
      ))}
      {made && (
        <ShownOnce
          title={t('programs.hooks.secretOf', { name: made.name })}
          text={t('programs.hooks.secretFirst')}
          value={made.secret}
          onClose={() => setMade(null)}
        />
      )}
      {adding ? (
        <WebhookForm
          webhook={null}
          onCancel={() => setAdding(false)}
          onSaved={(saved) => {
            setAdding(false);
            if ('secret' in saved) setMade(saved);
          }}
        />
      ) : (
        <div>
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('programs.hooks.add')}
          </Button>
        </div>
      )}
    </>
  );
}
