import {
  adopt,
  type BirthInDoubt,
  type Instant,
  instantMs,
  LANDING_WINDOW_MS,
  type Link,
  madeSince,
  matchBirths,
  mayBeBirth,
  type Parked,
  type SalesforceTask,
  shift,
  type TaskPage,
} from '@tandem/engine';
import { birthsOf, told } from './births.ts';
import type { LinkChange, LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';

/**
 * R8 in an org without the key field: births whose reply was lost are told by their values and the time. Until
 * they are found or can no longer land, they are neither sent again nor imported.
 */

/** More at once than any outage leaves: five full create calls for each of five turns. */
const BIRTHS_MAX = 5_000;
/** Salesforce takes 200 rows of a query comfortably in one call; the address may have 16 KB. */
const SUBJECTS_MAX = 200;
const SUBJECTS_CHARS_MAX = 8_000;
/** 20,000 changes since the birth: where there are more, a person is asked instead. */
const PAGES_MAX = 10;
/** A parked birth is looked for again this often, for a day: by then a person has seen it. */
const LOOK_AGAIN_MS = 60 * 60_000;
const LOOKS_MAX = 24;

/**
 * Looks for these births, settles what can be settled, and answers the records that were found: those which are
 * nobody's birth are free to come in. One that may still land is looked for by its Subject, turn by turn. Before
 * one is ruled out everything that was made or changed since is looked at, because its Subject may be another now.
 */
export async function findBirthsByValue(
  run: Run,
  births: readonly LinkedTask[],
): Promise<readonly SalesforceTask[]> {
  const due = births.filter(({ link }) => isDue(run, link)).map((linked) => told(run, linked));
  if (due.length === 0) return [];
  const askedAt = run.now();
  const young = due.filter((link) => mayStillLand(link, askedAt));
  const old = due.filter((link) => !mayStillLand(link, askedAt));
  const named = young.length === 0 ? [] : await readBySubject(run, young);
  const since = old.length === 0 ? NOTHING : await readSince(run, oldestBirth(run, old));
  const found = [...named, ...since.tasks];
  await run.transact((tx) => settle(run, tx, due, found, since.isComplete, askedAt));
  return found;
}

interface Found {
  readonly tasks: readonly SalesforceTask[];
  /** Otherwise what is not among them may be the one. */
  readonly isComplete: boolean;
}

const NOTHING: Found = { tasks: [], isComplete: true };

async function readBySubject(
  run: Run,
  births: readonly Link[],
): Promise<readonly SalesforceTask[]> {
  const since = oldestBirth(run, births);
  const found: SalesforceTask[] = [];
  const chunks = chunksOf([...new Set(births.flatMap(subjectsOf))]);
  // Ends: a chunk is read, or replaced by its two halves; a single Subject has none.
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    const subjects = chunk;
    const { value } = await run.read(() => run.ports.salesforce.findBySubject(subjects, since));
    if (value.next !== null && subjects.length > 1) {
      const middle = Math.ceil(subjects.length / 2);
      chunks.unshift(subjects.slice(0, middle), subjects.slice(middle));
      continue;
    }
    found.push(...value.tasks);
  }
  return found;
}

async function readSince(run: Run, since: Instant): Promise<Found> {
  const tasks: SalesforceTask[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const at: string | null = cursor;
    const reply: { readonly value: TaskPage } = await run.read(() =>
      run.ports.salesforce.changedSince(since, at),
    );
    tasks.push(...reply.value.tasks);
    cursor = reply.value.next;
    if (cursor === null) return { tasks, isComplete: true };
  }
  return { tasks, isComplete: false };
}

async function settle(
  run: Run,
  tx: SyncTx,
  due: readonly Link[],
  found: readonly SalesforceTask[],
  isComplete: boolean,
  askedAt: Instant,
): Promise<void> {
  const fresh = (await tx.linksById(due.map(({ id }) => id)))
    .map((linked) => told(run, linked))
    .filter((link) => link.salesforceId === null && birthsOf(link).length > 0);
  const ids = [...new Set(found.map((task) => task.Id))];
  const linked = new Set(
    (await tx.linksBySalesforceId(ids)).map(({ link }) => link.salesforceId ?? ''),
  );
  const matches = matchBirths(
    fresh.map(doubtOf),
    found.filter((task) => !linked.has(task.Id)),
    run.clockOffsetMs,
  );
  const byId = new Map(fresh.map((link) => [link.id, link]));
  const changes: LinkChange[] = [];
  for (const { linkId, task } of matches.pairs) {
    const link = byId.get(linkId);
    if (link === undefined) continue;
    const adopted = adopt(link, task, askedAt);
    changes.push(saved(adopted.link, true, adopted.journal));
  }
  for (const linkId of matches.unclear) {
    const link = byId.get(linkId);
    if (link !== undefined) changes.push(...unclear(link, askedAt));
  }
  for (const linkId of matches.absent) {
    const link = byId.get(linkId);
    if (link === undefined) continue;
    if (!isComplete) changes.push(...unclear(link, askedAt));
    // It never took place and cannot any more: free to be sent again.
    else if (!mayStillLand(link, askedAt))
      changes.push(saved({ ...link, intents: [], parked: null }, true, []));
  }
  if (changes.length > 0) await tx.saveLinks(changes);
}

/** Waits while more may land; then a person is asked: "Retry" sends it again (B11.3). */
function unclear(link: Link, askedAt: Instant): readonly LinkChange[] {
  if (mayStillLand(link, askedAt)) return [];
  const attempts = (link.parked?.attempts ?? 0) + 1;
  const isNews = link.parked?.code !== 'OUTCOME_UNKNOWN';
  const parked: Parked = {
    code: 'OUTCOME_UNKNOWN',
    message: '',
    fields: [],
    since: isNews ? askedAt : (link.parked?.since ?? askedAt),
    retryAt: attempts < LOOKS_MAX ? shift(askedAt, LOOK_AGAIN_MS) : null,
    attempts,
  };
  const news = {
    kind: 'refused',
    field: null,
    side: 'engine',
    from: null,
    to: null,
    rule: 'R8',
    data: { code: parked.code },
  } as const;
  return [saved({ ...link, parked }, false, isNews ? [news] : [])];
}

/**
 * Which of these unlinked records may be births in doubt: they stay where they are until the search has
 * told whose they are, so that none becomes a second task.
 */
export async function heldAsBirths(
  run: Run,
  tx: SyncTx,
  tasks: readonly SalesforceTask[],
): Promise<ReadonlySet<string>> {
  if (tasks.length === 0) return new Set();
  const births = (await tx.birthsInDoubt(BIRTHS_MAX))
    // With the key field a record tells by itself; only what was parked without it is compared.
    .filter(({ link }) => !run.connection.hasCreationKey || isParked(link))
    .map((linked) => told(run, linked));
  if (births.length === 0) return new Set();
  const doubts = births.map(doubtOf);
  // More than can be compared: whatever was made since the first of them waits.
  const since = births.length < BIRTHS_MAX ? null : instantMs(oldestBirth(run, births));
  const held = tasks.filter((task) =>
    since === null
      ? doubts.some((doubt) => mayBeBirth(task, doubt, run.clockOffsetMs))
      : instantMs(task.CreatedDate) >= since,
  );
  return new Set(held.map((task) => task.Id));
}

/** A create is on its way or lost, and sending it again could make a second record (R8). */
export function isBirthInDoubt(run: Run, link: Link): boolean {
  return (
    link.salesforceId === null &&
    birthsOf(link).length > 0 &&
    (!run.connection.hasCreationKey || isParked(link))
  );
}

function isParked(link: Link): boolean {
  return link.parked?.code === 'OUTCOME_UNKNOWN';
}

/** A parked one waits for its next look. */
function isDue(run: Run, link: Link): boolean {
  if (!isParked(link)) return true;
  const { retryAt } = link.parked ?? { retryAt: null };
  return retryAt !== null && instantMs(retryAt) <= instantMs(run.now());
}

/** One that was due and could not be looked for, as with no calls left. */
export function lookedAtLater(run: Run, parked: Parked): Parked {
  const { retryAt } = parked;
  return retryAt === null || instantMs(retryAt) > instantMs(run.now())
    ? parked
    : { ...parked, retryAt: shift(run.now(), LOOK_AGAIN_MS) };
}

function mayStillLand(link: Link, askedAt: Instant): boolean {
  return birthsOf(link).some(
    (birth) => instantMs(askedAt) - instantMs(birth.sentAt) < LANDING_WINDOW_MS,
  );
}

function doubtOf(link: Link): BirthInDoubt {
  const former = link.sf.kind === 'unborn' ? (link.sf.former ?? null) : null;
  return { linkId: link.id, creationKey: link.creationKey, births: birthsOf(link), former };
}

/** By Salesforce's clock. */
function oldestBirth(run: Run, links: readonly Link[]): Instant {
  const since = links.flatMap(birthsOf).map((birth) => madeSince(birth, run.clockOffsetMs));
  return since.reduce((a, b) => (instantMs(b) < instantMs(a) ? b : a));
}

/** As Salesforce stores them: trimmed, and nothing as null. */
function subjectsOf(link: Link): readonly (string | null)[] {
  return birthsOf(link).map(({ fields }) => fields.name?.to?.trim() || null);
}

function chunksOf(subjects: readonly (string | null)[]): (readonly (string | null)[])[] {
  const chunks: (string | null)[][] = [];
  let room = 0;
  for (const subject of subjects) {
    const size = encodeURIComponent(subject ?? 'null').length + QUOTES_CHARS;
    const last = chunks.at(-1);
    if (last === undefined || last.length >= SUBJECTS_MAX || size > room) {
      chunks.push([subject]);
      room = SUBJECTS_CHARS_MAX - size;
    } else {
      last.push(subject);
      room -= size;
    }
  }
  return chunks;
}

/** Two encoded quotes and a comma, and room for a few escapes. */
const QUOTES_CHARS = 20;

function saved(link: Link, dirty: boolean, journal: LinkChange['journal']): LinkChange {
  return { link, dirty, task: { kind: 'none' }, journal };
}
