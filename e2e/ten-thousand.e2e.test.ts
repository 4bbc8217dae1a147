import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { felt, watchFrames } from './support/frames.ts';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/** Ten thousand open tasks, all of them read into the page: nothing that a person does waits 100 ms for its frame. */

const COUNT = 10_000;
const PER_IMPORT = 5_000;
const TYPES = ['email', 'call', 'inmail', 'custom'];
const DAYS = 40;
const DAY_MS = 86_400_000;
const MS_MAX = 100;
const START_MS_MAX = 240_000;

let web: WebStack;
let page: Page;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  for (let from = 0; from < COUNT; from += PER_IMPORT) {
    const lines = Array.from({ length: PER_IMPORT }, (_, index) => lineOf(from + index));
    const csv = ['name,type,dueDate,priority', ...lines].join('\r\n');
    await web.mara.call('POST', '/api/v1/tasks/import', { csv });
  }
  const { app } = await web.window();
  page = app.page;
  await watchFrames(page);
  await app.open('/?view=all_open');
  await row('Task 0 ').waitFor();
  await page.keyboard.press('Control+a');
  await page.getByText(`${COUNT} selected`).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('toolbar').waitFor({ state: 'detached' });
}, START_MS_MAX);
afterAll(() => web?.close());

function lineOf(index: number): string {
  const day = new Date(Date.now() + (index % DAYS) * DAY_MS).toISOString().slice(0, 10);
  const priority = index % 7 === 0 ? 'high' : 'normal';
  return `Task ${index} about the warehouse,${TYPES[index % TYPES.length]},${day},${priority}`;
}

const row = (text: string) => page.getByRole('row').filter({ hasText: text }).first();
const press = (key: string) => page.keyboard.press(key);

/** The whole list was read again: the answer without a next page. */
function readAgain(): Promise<unknown> {
  return page.waitForResponse(
    async (reply) =>
      reply.url().includes('/api/v1/tasks?') && (await reply.json()).nextCursor === null,
  );
}

async function expectQuick(times: number, step: (index: number) => Promise<unknown>) {
  const { wait, busy } = await felt(page, times, step);
  expect.soft(wait, 'from event to frame').toBeLessThan(MS_MAX);
  expect.soft(busy, 'without a pause').toBeLessThan(MS_MAX);
}

describe('B9.2 with 10,000 tasks in the list', () => {
  it('B9.2 the keyboard moves, selects and extends a selection', async () => {
    await expectQuick(21, () => press('j'));
    await expectQuick(11, () => press('x'));
    await expectQuick(11, () => press('Shift+J'));
    await press('Escape');
  });

  it('B9.2 the list scrolls, also to its end and back', async () => {
    await page.mouse.move(700, 500);
    await expectQuick(21, () => page.mouse.wheel(0, 700));
    await expectQuick(8, (index) => press(index % 2 === 0 ? 'End' : 'Home'));
    await row('Task 0 ').waitFor();
  });

  it('B9.2 all of them are selected and given up again', async () => {
    await expectQuick(6, (index) => press(index % 2 === 0 ? 'Control+a' : 'Escape'));
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
  });

  it('B9.2 a task is opened and closed', async () => {
    await expectQuick(9, async (index) => {
      await press(index % 2 === 0 ? 'Enter' : 'Escape');
      const state = index % 2 === 0 ? 'visible' : 'detached';
      await page.getByRole('complementary', { name: 'Task' }).waitFor({ state });
    });
    await press('Escape');
  });

  it('B9.2 tasks are completed, dated and taken back; the list is read again without a stutter', async () => {
    for (const key of ['Space', ']', 'p', 'z']) {
      await expectQuick(3, async () => {
        const again = readAgain();
        await press(key);
        await again;
      });
    }
  });

  it('B9.2 filters, sorts and searches', async () => {
    const tab = (name: RegExp) => page.getByRole('link', { name });
    const head = page.getByRole('columnheader', { name: 'Sort by Name' });
    await expectQuick(6, async (index) => {
      await tab(index % 2 === 0 ? /^No date/ : /^All open/).click();
      await (index % 2 === 0
        ? page.getByText('Every open task has a date.')
        : row('Task')
      ).waitFor();
    });
    await expectQuick(6, async (index) => {
      await page.getByRole('button', { name: 'Sort by Name' }).click();
      const order = index % 2 === 0 ? 'ascending' : 'descending';
      await expect.poll(() => head.getAttribute('aria-sort')).toBe(order);
    });
    await press('/');
    await expectQuick(5, async (index) => {
      const found = page.waitForResponse(/tasks\?.*text=/);
      await press(String(index + 1));
      await found;
    });
  });
});
