import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { syncSettingsQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import table from './both-sides.module.css';
import s from './panel.module.css';

/** App and Salesforce next to each other; what differs on purpose is marked and explained (B3.2, B4.1). */
export function BothSides({ task }: { task: Task }) {
  const { t, language } = useT();
  const { sync } = task;
  const settings = useQuery(syncSettingsQuery).data;
  if (!sync.salesforceId) {
    const awaited = sync.state !== 'not_synced';
    return <p className={s.quiet}>{t(awaited ? 'tasks.sides.never' : 'tasks.sides.notThere')}</p>;
  }
  const onItsWay = sync.state === 'sending' || sync.state === 'waiting';
  const rows = [
    {
      key: 'status',
      label: t('tasks.field.status'),
      app: t(`tasks.status.${task.status}`),
      sf: sync.salesforceStatus,
      ...compare(task.status, sync.salesforceStatus, settings?.statusMap),
      note: t('tasks.sides.statusNote', { value: sync.salesforceStatus ?? '' }),
    },
    {
      key: 'priority',
      label: t('tasks.field.priority'),
      app: t(`tasks.priority.${task.priority}`),
      sf: sync.salesforcePriority,
      ...compare(task.priority, sync.salesforcePriority, settings?.priorityMap),
      note: t('tasks.sides.priorityNote', { value: sync.salesforcePriority ?? '' }),
    },
  ];
  return (
    <>
      <table className={table.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('tasks.sides.app')}</th>
            <th scope="col">{t('tasks.sides.sf')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.key}
              data-differs={(row.differs && (row.unmapped || !onItsWay)) || undefined}
            >
              <th scope="row">{row.label}</th>
              <td>{row.app}</td>
              <td>
                {row.sf === null
                  ? '–'
                  : row.unmapped
                    ? t('tasks.sides.inSalesforce', { value: row.sf })
                    : row.sf}
                {row.differs && (
                  <span className={table.differs}>
                    {t(onItsWay && !row.unmapped ? 'tasks.sides.onItsWay' : 'tasks.sides.differs')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows
        .filter((row) => row.unmapped)
        .map((row) => (
          <p key={row.key} className={s.quiet}>
            {row.note}
          </p>
        ))}
      <p className={s.code}>
        {sync.salesforceId}
        {sync.lastSyncedAt &&
          ` · ${t('tasks.sides.lastInStep', { when: formatMoment(sync.lastSyncedAt, language) })}`}
      </p>
    </>
  );
}

/** Unmapped values stay as they are (B3.2, B4.1); mapped ones only differ while a change is on its way. */
function compare(
  app: string,
  sf: string | null,
  map: Readonly<Record<string, string | null>> | undefined,
): { differs: boolean; unmapped: boolean } {
  if (sf === null || map === undefined) return { differs: false, unmapped: false };
  const means = map[sf] ?? null;
  return { differs: means !== app, unmapped: means === null };
}
