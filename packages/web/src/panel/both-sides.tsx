import type { Task } from '@tandem/api';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import s from './panel.module.css';

/** App and Salesforce next to each other; what differs on purpose is marked and explained (B3.2, B4.1). */
export function BothSides({ task }: { task: Task }) {
  const { t, language } = useT();
  const { sync } = task;
  if (!sync.salesforceId) return <p className={s.quiet}>{t('tasks.sides.never')}</p>;
  const rows = [
    {
      key: 'status',
      label: t('tasks.field.status'),
      app: t(`tasks.status.${task.status}`),
      sf: sync.salesforceStatus,
      differs: !STANDARD[task.status].includes(sync.salesforceStatus ?? ''),
      note: sync.salesforceStatus && t('tasks.sides.statusNote', { value: sync.salesforceStatus }),
    },
    {
      key: 'priority',
      label: t('tasks.field.priority'),
      app: t(`tasks.priority.${task.priority}`),
      sf: sync.salesforcePriority,
      differs: !STANDARD[task.priority].includes(sync.salesforcePriority ?? ''),
      note:
        sync.salesforcePriority &&
        t('tasks.sides.priorityNote', { value: sync.salesforcePriority }),
    },
  ];
  const settled = sync.state === 'in_step';
  return (
    <>
      <table className={s.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('tasks.sides.app')}</th>
            <th scope="col">{t('tasks.sides.sf')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-differs={row.differs || undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.app}</td>
              <td>
                {row.sf === null
                  ? '–'
                  : row.differs
                    ? t('tasks.sides.inSalesforce', { value: row.sf })
                    : row.sf}
                {row.differs && <span className={s.differs}>{t('tasks.sides.differs')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {settled &&
        rows
          .filter((row) => row.differs && row.note)
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

/** What needs no remark: the values an org has out of the box (B3.1, B4.1). */
const STANDARD = {
  open: ['Not Started'],
  complete: ['Completed'],
  normal: ['Normal'],
  high: ['High'],
} as const satisfies Record<Task['status'] | Task['priority'], readonly string[]> as Record<
  Task['status'] | Task['priority'],
  readonly string[]
>;
