import { addMember, createTasks, ensureWorkspace } from '@tandem/store';
import { today } from '../api/tasks/days.ts';
import type { Services } from '../services.ts';
import { type DemoEmail, demoTasks } from './demo-tasks.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE, DEMO_WORKSPACE } from './people.ts';

export interface SeededDemo {
  readonly demo: { readonly email: string; readonly password: string } | null;
  readonly note: string;
}

type Needs = Pick<Services, 'auth' | 'db' | 'clock'>;

/**
 * Four people with a few tasks each, in a database that nobody has used. Interrupted half-way it is
 * finished at the next start: each person is made only once, and their tasks with them.
 */
export async function seedDemo(services: Needs): Promise<SeededDemo> {
  const { auth, db, clock } = services;
  const [admin, ...others] = DEMO_PEOPLE;
  const demo = { email: admin.email, password: DEMO_PASSWORD };
  const known = await auth.findUser(admin.email);
  if (known === null && (await hasPeople(services))) {
    return { demo: null, note: 'left out: this database has people of its own' };
  }
  const now = clock.now();
  const mara = known ?? (await auth.createUser({ ...nameOf(admin), password: DEMO_PASSWORD }));
  const actor = await ensureWorkspace(db, mara, now);
  const { workspaceId } = actor;
  await db.pool.query('update tandem.workspaces set name = $2 where workspace_id = $1', [
    workspaceId,
    DEMO_WORKSPACE,
  ]);
  let tasks = known === null ? await giveTasks(services, admin.email, actor, now) : 0;
  for (const person of others) {
    if ((await auth.findUser(person.email)) !== null) continue;
    const user = await auth.createUser({ ...nameOf(person), password: DEMO_PASSWORD });
    const member = { userId: user.id, role: person.role };
    const theirs = await addMember(db, workspaceId, member, now);
    tasks += await giveTasks(services, person.email, theirs, now);
  }
  return { demo, note: tasks === 0 ? 'was there' : `${DEMO_PEOPLE.length} people, ${tasks} tasks` };
}

async function giveTasks(
  { db }: Needs,
  email: DemoEmail,
  actor: Parameters<typeof createTasks>[1],
  now: string,
): Promise<number> {
  const rows = demoTasks(email, actor.userId, today(now, null));
  const created = await createTasks(db, actor, rows, now);
  return created.length;
}

const nameOf = ({ name, email }: { name: string; email: string }) => ({ name, email });

async function hasPeople({ db }: Needs): Promise<boolean> {
  const { rows } = await db.pool.query<{ found: boolean }>(
    'select exists (select from auth."user") as found',
  );
  return rows[0]?.found ?? false;
}
