import type { Page, Response } from 'playwright-core';
import { watchFrames } from './frames.ts';
import { startWebStack, type WebStack } from './web-stack.ts';

/** A list of ten thousand open tasks, all of them read into the page. */

export const COUNT = 10_000;
const PER_IMPORT = 5_000;
const TYPES = ['email', 'call', 'inmail', 'custom'];
const DAYS = 40;
const DAY_MS = 86_400_000;
/** Twenty pages, on a busy machine; it only ends what hangs. */
const READ_MS_MAX = 120_000;

export interface BigList {
  readonly web: WebStack;
  readonly page: Page;
}

export async function startBigList(): Promise<BigList> {
  const web = await startWebStack({ worker: false });
  for (let from = 0; from < COUNT; from += PER_IMPORT) {
    const lines = Array.from({ length: PER_IMPORT }, (_, index) => lineOf(from + index));
    const csv = ['name,type,dueDate,priority', ...lines].join('\r\n');
    await web.mara.call('POST', '/api/v1/tasks/import', { csv });
  }
  const { app } = await web.window();
  const { page } = app;
  await watchFrames(page);
  await app.open('/?view=all_open');
  await page.getByRole('row').filter({ hasText: 'Task 0 ' }).first().waitFor();
  await page.keyboard.press('Control+a');
  // Read page by page: twenty of them.
  await page.getByText(`${COUNT} selected`).waitFor({ timeout: READ_MS_MAX });
  await page.keyboard.press('Escape');
  await page.getByRole('toolbar').waitFor({ state: 'detached' });
  return { web, page };
}

function lineOf(index: number): string {
  const day = new Intl.DateTimeFormat('sv-SE').format(Date.now() + (index % DAYS) * DAY_MS);
  const priority = index % 7 === 0 ? 'high' : 'normal';
  return `Task ${index} about the warehouse,${TYPES[index % TYPES.length]},${day},${priority}`;
}

/** The whole list was read again: the answer without a next page. One that the page gave up has no body. */
export function readAgain(page: Page): Promise<unknown> {
  const isLast = async (reply: Response) => {
    if (!reply.url().includes('/api/v1/tasks?')) return false;
    const body = await reply.json().catch(() => null);
    return body?.nextCursor === null;
  };
  return page.waitForResponse(isLast, { timeout: READ_MS_MAX });
}
