import type { Task, TaskSides } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { membersQuery } from '../api/queries.ts';
import { formatDate, formatMoment } from '../dates/format-date.ts';
import { type T, useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { RowSkeletons } from '../ui/page-skeleton.tsx';
import { sidesQuery } from './queries.ts';
import s from './sides-table.module.css';

type Salesforce = NonNullable<TaskSides['salesforce']>;
type State = NonNullable<TaskSides['fields']>['name'];

interface Row {
  readonly key: keyof NonNullable<TaskSides['fields']>;
  readonly label: string;
  readonly app: ReactNode;
  readonly sf: ReactNode;
  /** Why it is kept apart. */
  readonly apart: string;
}

/** Every field as Tandem holds it and as Salesforce was last seen to hold it; differences are marked and explained. */
export function SidesTable({ task }: { task: Task }) {
  const { t } = useT();
  const query = useQuery(sidesQuery(task.id));
  if (!query.data) {
    return query.isError ? (
      <LoadFault fault={query.error} retry={() => void query.refetch()} />
    ) : (
      <RowSkeletons rows={4} />
    );
  }
  const { salesforce, fields, isMissing } = query.data;
  if (salesforce === null || fields === null) {
    const isAwaited = task.sync.state !== 'not_synced';
    if (isMissing) return <p className={s.quiet}>{t('taskPage.missing')}</p>;
    return <p className={s.quiet}>{t(isAwaited ? 'taskPage.unseen' : 'taskPage.notThere')}</p>;
  }
  return (
    <>
      <Table task={task} salesforce={salesforce} states={fields} />
      <Facts task={task} salesforce={salesforce} />
    </>
  );
}

interface TableProps {
  readonly task: Task;
  readonly salesforce: Salesforce;
  readonly states: NonNullable<TaskSides['fields']>;
}

function Table({ task, salesforce, states }: TableProps) {
  const { t } = useT();
  const rows = useRows(task, salesforce);
  return (
    <table className={s.sides} aria-label={t('taskPage.sides')}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('tasks.sides.app')}</th>
          <th scope="col">{t('tasks.sides.sf')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-state={states[row.key]}>
            <th scope="row">
              {row.label}
              <Mark t={t} state={states[row.key]} />
            </th>
            <td>
              <Side name={t('tasks.sides.app')}>{row.app}</Side>
            </td>
            <td>
              <Side name={t('tasks.sides.sf')}>{row.sf}</Side>
              {states[row.key] === 'apart' && <span className={s.why}>{row.apart}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ t, state }: { t: T; state: State }) {
  return state === 'same' ? null : (
    <span className={s.mark} data-state={state}>
      {t(`taskPage.state.${state}`)}
    </span>
  );
}

/** A phone lays the cells out beneath each other; there each says whose it is. */
function Side({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <span className={s.sideName}>{name}</span>
      <span className={s.value}>{children}</span>
    </>
  );
}

const NOTHING = '–';

function useRows(task: Task, sf: Salesforce): readonly Row[] {
  const { t, language } = useT();
  const members = useQuery(membersQuery).data?.members ?? [];
  const date = (day: string | null) => (day === null ? NOTHING : formatDate(day, language));
  const name = (ref: { name: string } | null) => ref?.name ?? NOTHING;
  const apart = t('taskPage.apart.other');
  return [
    {
      key: 'name',
      label: t('tasks.field.name'),
      app: task.name,
      sf: sf.subject ?? NOTHING,
      apart: t('taskPage.apart.name'),
    },
    {
      key: 'status',
      label: t('tasks.field.status'),
      app: t(`tasks.status.${task.status}`),
      sf: sf.status,
      apart: t('taskPage.apart.status'),
    },
    {
      key: 'priority',
      label: t('tasks.field.priority'),
      app: t(`tasks.priority.${task.priority}`),
      sf: sf.priority,
      apart: t('taskPage.apart.priority'),
    },
    {
      key: 'dueDate',
      label: t('tasks.field.dueDate'),
      app: date(task.dueDate),
      sf: date(sf.dueDate),
      apart,
    },
    {
      key: 'owner',
      label: t('tasks.field.owner'),
      app: members.find(({ userId }) => userId === task.ownerId)?.name ?? NOTHING,
      sf: sf.ownerName ?? t('taskPage.ownerElsewhere'),
      apart,
    },
    {
      key: 'person',
      label: t('tasks.field.person'),
      app: name(task.person),
      sf: name(sf.person),
      apart,
    },
    {
      key: 'related',
      label: t('tasks.field.related'),
      app: name(task.related),
      sf: name(sf.related),
      apart,
    },
    {
      key: 'details',
      label: t('tasks.field.details'),
      app: task.details || NOTHING,
      sf: sf.details || NOTHING,
      apart,
    },
  ];
}

/** What Salesforce says of the record besides its fields. */
function Facts({ task, salesforce }: { task: Task; salesforce: Salesforce }) {
  const { t, language } = useT();
  const moment = (at: string | null) =>
    at === null ? NOTHING : <time dateTime={at}>{formatMoment(at, language)}</time>;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('taskPage.facts.modified'), moment(salesforce.modifiedAt)],
    [t('taskPage.facts.stamped'), moment(salesforce.stampedAt)],
    [t('taskPage.facts.seen'), moment(salesforce.seenAt)],
    [t('taskPage.facts.record'), <code key="id">{task.sync.salesforceId ?? NOTHING}</code>],
  ];
  const flags = (['deleted', 'archived', 'closed'] as const).filter(
    (flag) =>
      ({
        deleted: salesforce.isDeleted,
        archived: salesforce.isArchived,
        closed: salesforce.isClosed,
      })[flag],
  );
  return (
    <>
      <dl className={s.facts}>
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {flags.length > 0 && (
        <p className={s.quiet}>{flags.map((flag) => t(`taskPage.facts.${flag}`)).join(' · ')}</p>
      )}
    </>
  );
}
