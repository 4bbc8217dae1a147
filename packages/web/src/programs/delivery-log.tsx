import { Button } from '@mantine/core';
import type { Delivery, Webhook, WebhookEventName } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { readNextPage } from '../api/next-page.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { type T, useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { toast } from '../ui/toast.ts';
import s from './programs.module.css';
import { deliveriesQuery } from './queries.ts';

/** While something is on its way its end is worth waiting for. */
const LOOK_EVERY_MS = 2_000;

export function DeliveryLog({ webhook: { id, name, state } }: { webhook: Webhook }) {
  const { t, language } = useT();
  const query = useInfiniteQuery({
    ...deliveriesQuery(id),
    refetchInterval: ({ state: known }) =>
      known.data?.pages.some((page) => page.deliveries.some((one) => one.state === 'waiting'))
        ? LOOK_EVERY_MS
        : false,
  });
  const deliveries = query.data?.pages.flatMap((page) => page.deliveries);
  if (query.isError && !deliveries) {
    return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  }
  if (!deliveries) return <PageSkeleton />;
  if (deliveries.length === 0) {
    return <p className={layout.quiet}>{t('programs.hooks.logNone')}</p>;
  }

  const sendAgain = async (delivery: Delivery) => {
    try {
      await request(`v1/webhooks/${id}/deliveries/${delivery.id}/send`, { method: 'POST' });
      toast(t('programs.hooks.sentAgain'));
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    await query.refetch();
  };
  const when = (at: string) => formatMoment(at, language);
  const eventText = (type: string) => t(`programs.hooks.event.${type as WebhookEventName}`);

  return (
    <>
      <ul className={s.deliveries} aria-label={t('programs.hooks.logOf', { name })}>
        {deliveries.map((delivery) => (
          <li key={delivery.id} data-state={delivery.state}>
            <span className={s.when}>{when(delivery.at)}</span>
            <b>{eventText(delivery.type)}</b>
            <span className={s.outcome}>{outcomeText(t, delivery, when)}</span>
            {state === 'on' && delivery.state !== 'waiting' && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('programs.hooks.againName', {
                  event: eventText(delivery.type),
                  when: when(delivery.at),
                })}
                onClick={() => void sendAgain(delivery)}
              >
                {t('programs.hooks.again')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className={s.actions}>
        <span className={layout.quiet}>{t('programs.hooks.logText')}</span>
        {query.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void readNextPage(query)}
          >
            {t('programs.more')}
          </Button>
        )}
      </div>
    </>
  );
}

/** How it went, in words; with what the other side said. */
function outcomeText(t: T, delivery: Delivery, when: (at: string) => string): string {
  const { state, attempts, nextAt, lastStatus, lastFault } = delivery;
  const status = lastStatus ?? '';
  if (state === 'delivered') return t('programs.hooks.delivered', { status });
  if (lastFault === null) return t('programs.hooks.waiting');
  const known = t(`programs.hooks.why.${lastFault as 'status'}`, { status, defaultValue: '' });
  const why = known || lastFault;
  return state === 'failed'
    ? t('programs.hooks.failed', { why })
    : t('programs.hooks.retryAt', { count: attempts, why, when: nextAt ? when(nextAt) : '' });
}
