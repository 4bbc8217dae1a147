import type { Id, Org } from '../org/org.ts';
import { pick, seededRandom } from './random.ts';
import { controlOf, dayFrom, mustInsert } from './rows.ts';
import { ENGLISH, OTHER_LANGUAGES } from './task-texts.ts';

/** Rows of one transaction: quick, and no single commit so large that its listeners choke. */
const ROWS_PER_COMMIT = 2_000;
const STATUSES = ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'];
const PRIORITIES = ['Normal', 'High', 'Low'];
const DUE_DAYS = 60;

/** Many generated tasks of one owner, made now; the same seed makes the same ones. */
export function seedBulk(
  org: Org,
  asked: {
    readonly count: number;
    readonly ownerId: Id;
    readonly seed: number;
    readonly subjectPrefix: string;
  },
): number {
  const draw = seededRandom(asked.seed);
  const texts = [...ENGLISH, ...OTHER_LANGUAGES];
  const now = org.clock.now();
  for (let done = 0; done < asked.count; done += ROWS_PER_COMMIT) {
    const size = Math.min(ROWS_PER_COMMIT, asked.count - done);
    const rows = Array.from({ length: size }, (_, index) => {
      const text = pick(texts, draw);
      const subject = text.subject.replaceAll('{who}', 'them').replaceAll('{what}', 'the site');
      const day = Math.floor(draw() * 2 * DUE_DAYS) - DUE_DAYS;
      return {
        object: 'Task',
        fields: {
          Subject: `${asked.subjectPrefix}${subject} #${done + index + 1}`,
          Description: text.comments ?? null,
          Status: pick(STATUSES, draw),
          Priority: pick(PRIORITIES, draw),
          ActivityDate: draw() < 0.1 ? null : dayFrom(now, day),
          OwnerId: asked.ownerId,
        },
      };
    });
    mustInsert(org, rows, controlOf(asked.ownerId));
  }
  return asked.count;
}
