import type { Id, InputFields, Org } from '../org/org.ts';
import { seedCustomers } from './customers.ts';
import { type PlannedTask, planTasks } from './demo-tasks.ts';
import { PEOPLE } from './people.ts';
import { controlOf, mustInsert, stamp } from './rows.ts';
import { seedSeries } from './series.ts';

/** One demo for everybody: the same rows every time, only the dates follow the org's clock. */
const DEMO_SEED = 20_260;

/** Customers and tasks of the demo, made by the people themselves over the last year and a half. */
export function seedDemo(org: Org, people: ReadonlyMap<string, Id>): void {
  const now = org.clock.now();
  const customers = seedCustomers(org, people, now);
  const planned = planTasks(
    DEMO_SEED,
    now,
    PEOPLE.map(({ key }) => key),
    customers,
  );
  const kept = planned.filter((task) => task.deletedAt === null);
  insertAll(org, people, kept);
  seedSeries(org, people, now);
  seedDeleted(
    org,
    people,
    planned.filter((task) => task.deletedAt !== null),
  );
}

function insertAll(
  org: Org,
  people: ReadonlyMap<string, Id>,
  tasks: readonly PlannedTask[],
): readonly Id[] {
  const rows = tasks.map((task) => ({ object: 'Task', fields: fieldsOf(task, people) }));
  return mustInsert(org, rows, controlOf(people.get('mara') ?? org.id));
}

/** Deleting happens at its own moment: the bin and the delete log go by the org's clock. */
function seedDeleted(
  org: Org,
  people: ReadonlyMap<string, Id>,
  tasks: readonly PlannedTask[],
): void {
  const { clock } = org;
  const ids = insertAll(org, people, tasks);
  const { frozen, offsetMs, now } = clock.state();
  try {
    tasks.forEach((task, index) => {
      clock.set(task.deletedAt ?? now);
      org.remove('Task', ids[index] ?? '', controlOf(people.get(task.owner) ?? org.id));
    });
  } finally {
    // A running clock goes on where the machine's time has come to, a frozen one where it stood.
    const after = clock.state();
    clock.set(frozen ? now : after.now - after.offsetMs + offsetMs);
  }
}

function fieldsOf(task: PlannedTask, people: ReadonlyMap<string, Id>): InputFields {
  const owner = people.get(task.owner) ?? null;
  const editor = people.get(task.editor) ?? owner;
  return {
    ...task.fields,
    OwnerId: owner,
    CreatedById: editor,
    LastModifiedById: editor,
    CreatedDate: stamp(task.createdAt),
    LastModifiedDate: stamp(task.modifiedAt),
    SystemModstamp: stamp(task.modifiedAt),
    ...(task.completed ? { CompletedDateTime: stamp(task.modifiedAt) } : {}),
  };
}
