import type { AppReply } from './app-client.ts';
import { versionsOf } from './database.ts';
import { isDead, textOf } from './history.ts';
import type { Random } from './random.ts';
import type { Rep, Stack } from './stack.ts';
import { NotInTime, until } from './waiting.ts';

/** How long a person looks for a task that has not arrived yet, before doing something else. */
const PATIENCE_MS = 4_000;

/** One task of one run, and what people have done to it. */
export interface Subject {
  /** First word of its name on both sides; nobody changes that word. */
  readonly tag: string;
  readonly bornIn: 'app' | 'sf';
  /** Where a deleted one may be brought back; on both sides at once people themselves would make two of it. */
  readonly restoredIn: 'app' | 'sf';
  /** Counts the values written, so that each is new. */
  written: number;
  readonly promised: string[];
}

export interface Actor {
  readonly stack: Stack;
  readonly rep: Rep;
  readonly subject: Subject;
  readonly random: Random;
  /** Notes what was done and what came of it. */
  note(text: string): void;
}

type Deed = (actor: Actor) => Promise<void>;

/** Nobody answers for a while after a kill; then a person tries once more, having looked: for minutes, if need be. */
const BIRTHS_MAX = 40;

export async function born(actor: Actor): Promise<void> {
  const { subject } = actor;
  for (let birth = 0; birth < BIRTHS_MAX; birth += 1) {
    // A person whose page does not load waits.
    await actor.stack.server.child.ready();
    await giveBirth(actor);
    const id = await (subject.bornIn === 'app' ? taskOf(actor, 'alive') : recordOf(actor, 'alive'));
    if (id !== null) return;
  }
}

async function giveBirth(actor: Actor): Promise<void> {
  const { subject, rep } = actor;
  const [details, dueDate] = [newDetails(subject, subject.bornIn), newDay(subject)];
  if (subject.bornIn === 'app') {
    const body = { name: `${subject.tag} first`, details, dueDate };
    await inApp(actor, 'POST', 'tasks', body, [details, dueDate]);
    return;
  }
  const fields = { Subject: `${subject.tag} first`, Description: details, ActivityDate: dueDate };
  const id = await rep.salesforce.create(fields);
  actor.note(`Salesforce: create ${JSON.stringify(fields)} → ${id}`);
  if (id !== null) subject.promised.push(details, dueDate);
}

/** The same value by both sides within milliseconds: a true conflict. */
const bothAtOnce: Deed = async (actor) => {
  const day = actor.random.chance(0.5);
  await Promise.all(day ? [appDay(actor), sfDay(actor)] : [appDetails(actor), sfDetails(actor)]);
};

const appDetails: Deed = async (actor) => {
  const details = newDetails(actor.subject, 'app');
  await patch(actor, { details }, [details]);
};
const appDay: Deed = async (actor) => {
  const dueDate = newDay(actor.subject);
  await patch(actor, { dueDate }, [dueDate]);
};
const appName: Deed = (actor) =>
  patch(actor, { name: `${actor.subject.tag} ${newDetails(actor.subject, 'app')}` }, []);
const appStatus: Deed = (actor) =>
  patch(actor, { status: actor.random.pick(['open', 'complete']) }, []);
const appPriority: Deed = (actor) =>
  patch(actor, { priority: actor.random.pick(['normal', 'high']) }, []);
const appTrash: Deed = async (actor) => {
  const id = await taskOf(actor, 'alive');
  if (id !== null) await inApp(actor, 'DELETE', `tasks/${id}`, undefined, []);
};
const appRestore: Deed = async (actor) => {
  const id = actor.subject.restoredIn === 'app' ? await taskOf(actor, 'dead') : null;
  if (id !== null) await inApp(actor, 'POST', `tasks/${id}/restore`, {}, []);
};

const sfDetails: Deed = async (actor) => {
  const Description = newDetails(actor.subject, 'sf');
  await update(actor, { Description }, [Description]);
};
const sfDay: Deed = async (actor) => {
  const ActivityDate = newDay(actor.subject);
  await update(actor, { ActivityDate }, [ActivityDate]);
};
const sfStatus: Deed = (actor) =>
  update(actor, { Status: actor.random.pick(['Not Started', 'Completed']) }, []);
const sfPriority: Deed = (actor) =>
  update(actor, { Priority: actor.random.pick(['Normal', 'High']) }, []);
const sfDelete: Deed = async (actor) => {
  const id = await recordOf(actor, 'alive');
  if (id === null) return;
  actor.note(`Salesforce: delete ${id} → ${await actor.rep.salesforce.remove(id)}`);
};
const sfUndelete: Deed = async (actor) => {
  const id = actor.subject.restoredIn === 'sf' ? await recordOf(actor, 'dead') : null;
  if (id === null) return;
  actor.note(`Salesforce: undelete ${id} → ${await actor.rep.salesforce.undelete(id)}`);
};
const lookNow: Deed = async (actor) => {
  await actor.rep.app.send('POST', 'sync/now');
  actor.note('app: look now');
};

/** As often as each stands here. */
const DEEDS: readonly Deed[] = [
  ...[appDetails, appDetails, appDetails, appDay, appDay, appName, appStatus, appPriority],
  ...[sfDetails, sfDetails, sfDetails, sfDay, sfDay, sfStatus, sfPriority],
  ...[bothAtOnce, bothAtOnce, bothAtOnce, appTrash, sfDelete, appRestore, sfUndelete],
  ...[lookNow, lookNow],
];

export function deed(random: Random): Deed {
  return random.pick(DEEDS);
}

function newDetails(subject: Subject, side: 'app' | 'sf'): string {
  subject.written += 1;
  return `${subject.tag}.${side}${subject.written}.`;
}

/** A day of its own for each value of a task. */
function newDay(subject: Subject): string {
  subject.written += 1;
  return new Date(Date.UTC(2027, 0, 1 + subject.written)).toISOString().slice(0, 10);
}

async function patch(actor: Actor, body: object, tokens: readonly string[]): Promise<void> {
  const id = await taskOf(actor, 'alive');
  if (id !== null) await inApp(actor, 'PATCH', `tasks/${id}`, body, tokens);
}

async function inApp(
  { rep, subject, note }: Actor,
  method: string,
  path: string,
  body: object | undefined,
  tokens: readonly string[],
): Promise<AppReply | null> {
  const reply = await rep.app.send(method, path, body);
  note(`app: ${method} ${path} ${JSON.stringify(body) ?? ''} → ${reply?.status ?? 'no answer'}`);
  if (reply !== null && reply.status < 300) subject.promised.push(...tokens);
  return reply;
}

async function update(
  actor: Actor,
  fields: Readonly<Record<string, unknown>>,
  tokens: readonly string[],
): Promise<void> {
  const id = await recordOf(actor, 'alive');
  if (id === null) return;
  const done = await actor.rep.salesforce.update(id, fields);
  actor.note(`Salesforce: update ${id} ${JSON.stringify(fields)} → ${done}`);
  if (done) actor.subject.promised.push(...tokens);
}

function recordOf({ stack, subject, note }: Actor, wanted: 'alive' | 'dead') {
  return found(note, 'record', () => {
    for (const row of stack.org.rows.values()) {
      const mine = textOf(row.Subject).startsWith(`${subject.tag} `);
      if (mine && isDead('sf', row) === (wanted === 'dead')) return textOf(row.Id);
    }
    return null;
  });
}

function taskOf({ stack, subject, note }: Actor, wanted: 'alive' | 'dead') {
  return found(note, 'task', async () => {
    const versions = await versionsOf(stack.database, [subject.tag]);
    const rows = new Map(versions.map(({ after }) => [textOf(after?.task_id), after]));
    for (const [id, row] of rows) if (isDead('app', row) === (wanted === 'dead')) return id;
    return null;
  });
}

async function found(
  note: Actor['note'],
  what: string,
  look: () => Promise<string | null> | string | null,
): Promise<string | null> {
  try {
    return await until(`the ${what} is there`, look, PATIENCE_MS);
  } catch (error) {
    if (!(error instanceof NotInTime)) throw error;
    note(`no such ${what} yet`);
    return null;
  }
}
