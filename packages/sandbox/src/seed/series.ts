import type { Id, Org, OrgRecord } from '../org/org.ts';
import { controlOf, dayFrom, mustInsert, stamp } from './rows.ts';

/** A weekly call as Salesforce keeps it: one row with the pattern, and ordinary tasks that point at it. */
const SERIES = { owner: 'mara', subject: 'Weekly pipeline call', first: -14, every: 7, times: 6 };
const MONDAY_MASK = 2;
const HOUR_MS = 3_600_000;

export function seedSeries(org: Org, people: ReadonlyMap<string, Id>, now: number): void {
  const ownerId = people.get(SERIES.owner) ?? org.id;
  const days = Array.from(
    { length: SERIES.times },
    (_, index) => SERIES.first + index * SERIES.every,
  );
  const made = stamp(now - 15 * 24 * HOUR_MS);
  const changed = stamp(now - 5 * HOUR_MS);
  const common = {
    Subject: SERIES.subject,
    OwnerId: ownerId,
    CreatedDate: made,
    CreatedById: ownerId,
  };
  const [seriesId] = mustInsert(
    org,
    [
      {
        object: 'Task',
        fields: {
          ...common,
          IsRecurrence: true,
          RecurrenceType: 'RecursWeekly',
          RecurrenceInterval: 1,
          RecurrenceDayOfWeekMask: MONDAY_MASK,
          RecurrenceStartDateOnly: dayFrom(now, days[0] ?? 0),
          RecurrenceEndDateOnly: dayFrom(now, days.at(-1) ?? 0),
          LastModifiedDate: made,
          SystemModstamp: made,
        },
      },
    ],
    controlOf(ownerId),
  );
  const occurrences = mustInsert(
    org,
    days.map((day) => ({
      object: 'Task',
      fields: {
        ...common,
        ActivityDate: dayFrom(now, day),
        Status: day < 0 ? 'Completed' : 'Not Started',
        Description: 'Numbers first, then the three deals that keep us awake.',
        LastModifiedDate: changed,
        SystemModstamp: changed,
      },
    })),
    controlOf(ownerId),
  );
  if (seriesId !== undefined) tie(org, seriesId, new Set(occurrences));
}

/** No call of the API may write `RecurrenceActivityId`; the org sets it when it makes occurrences. */
function tie(org: Org, seriesId: Id, occurrences: ReadonlySet<Id>): void {
  const snapshot = org.snapshot();
  const tasks = (snapshot.rows.Task ?? []).map(
    (row): OrgRecord =>
      occurrences.has(row.Id) ? { ...row, RecurrenceActivityId: seriesId } : row,
  );
  org.load({ ...snapshot, rows: { ...snapshot.rows, Task: tasks } });
}
