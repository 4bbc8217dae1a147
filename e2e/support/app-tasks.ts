import type { Person } from './person.ts';

/** Task JSON as the outside contract words it (docs/ARCHITECTURE.md), not as our code types it. */
export interface AppTask {
  id: string;
  name: string;
  type: string;
  status: 'open' | 'complete';
  priority: 'normal' | 'high';
  dueDate: string | null;
  details: string;
  ownerId: string;
  person: { id: string; type: string; name: string } | null;
  related: { id: string; type: string; name: string } | null;
  campaign: object | null;
  callOutcome: string | null;
  callReason: string | null;
  sync: {
    state: string;
    reason: string | null;
    salesforceId: string | null;
    salesforceStatus: string | null;
    salesforcePriority: string | null;
    lastSyncedAt: string | null;
  };
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
  trashedAt: string | null;
}

interface Page {
  tasks: AppTask[];
  nextCursor: string | null;
}

/** A hundred pages of 500: more than any test here makes. */
const PAGES_MAX = 100;

/** Everything a person has, completed included, Trash not. */
export async function allTasks(person: Person): Promise<AppTask[]> {
  const tasks: AppTask[] = [];
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const path = `/api/v1/tasks?view=all&limit=500&sort=createdAt${cursor}`;
    const { tasks: more, nextCursor } = await person.call<Page>('GET', path);
    tasks.push(...more);
    if (nextCursor === null) return tasks;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  throw new Error('the list does not end');
}
