import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectQuick } from './support/frames.ts';
import { startBigList } from './support/ten-thousand.ts';
import type { WebStack } from './support/web-stack.ts';

/** Ten thousand open tasks: to look at them, whatever way, takes less than 100 ms until the frame. */

const START_MS_MAX = 240_000;
/** A screen of rows and what is drawn beyond its edges. */
const ROWS_MAX = 60;

let web: WebStack;
let page: Page;

beforeAll(async () => {
  ({ web, page } = await startBigList());
}, START_MS_MAX);
afterAll(() => web?.close());

const row = (text: string) => page.getByRole('row').filter({ hasText: text }).first();
const press = (key: string) => page.keyboard.press(key);
const quick = (what: string, times: number, step: (index: number) => Promise<unknown>) =>
  expectQuick(page, what, times, step);
const expectFewRows = async () =>
  expect.soft(await page.getByRole('row').count(), 'rows that are drawn').toBeLessThan(ROWS_MAX);

describe('B9.2 with 10,000 tasks in the list', () => {
  it('B9.2 the keyboard moves, selects and extends a selection', async () => {
    await quick('move', 20, () => press('j'));
    await quick('select', 20, () => press('x'));
    await quick('extend', 20, () => press('Shift+J'));
    await press('Escape');
  });

  it('B9.2 the list scrolls, also to its end and back, and draws only what is in sight', async () => {
    await page.mouse.move(700, 500);
    await expectFewRows();
    await quick('scroll', 20, () => page.mouse.wheel(0, 700));
    await expectFewRows();
    await quick('to the end and back', 20, (index) => press(index % 2 === 0 ? 'End' : 'Home'));
    await row('Task 0 ').waitFor();
    await press('End');
    await expectFewRows();
    await press('Home');
    await row('Task 0 ').waitFor();
  });

  it('B9.2 all of them are selected and given up again', async () => {
    await quick('select all, none', 20, (index) => press(index % 2 === 0 ? 'Control+a' : 'Escape'));
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
  });

  it('B9.2 a task is opened and closed', async () => {
    await quick('open, close', 20, async (index) => {
      await press(index % 2 === 0 ? 'Enter' : 'Escape');
      const state = index % 2 === 0 ? 'visible' : 'detached';
      await page.getByRole('complementary', { name: 'Task' }).waitFor({ state });
    });
  });

  it('B9.2 the palette opens, finds and closes', async () => {
    const field = page.getByRole('combobox');
    const ways = [
      async () => {
        await press('Control+k');
        await field.waitFor();
      },
      () => page.keyboard.type('due'),
      async () => {
        await press('Escape');
        await field.waitFor({ state: 'detached' });
      },
    ];
    await quick('palette', 21, (index) => ways[index % 3]?.() ?? Promise.resolve());
  });

  it('B9.2 a column is made wider and narrower, by pointer and keys', async () => {
    const edge = page.getByRole('separator', { name: 'Width of the column Person' });
    const box = await edge.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 3, (box?.y ?? 0) + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await quick('size a column', 20, (index) => page.mouse.move(x - (index % 2) * 60 - index, y));
    await page.mouse.up();
    await edge.focus();
    await quick('size it by keys', 20, () => press('ArrowRight'));
  });

  it('B9.2 another tab is chosen, and another order', async () => {
    const tab = (name: RegExp) => page.getByRole('link', { name });
    const head = page.getByRole('columnheader', { name: 'Sort by Name' });
    await quick('another tab', 20, async (index) => {
      await tab(index % 2 === 0 ? /^No date/ : /^All open/).click();
      await (index % 2 === 0
        ? page.getByText('Every open task has a date.')
        : row('Task')
      ).waitFor();
    });
    await quick('sort', 20, async (index) => {
      await page.getByRole('button', { name: 'Sort by Name' }).click();
      const order = index % 2 === 0 ? 'ascending' : 'descending';
      await expect.poll(() => head.getAttribute('aria-sort')).toBe(order);
    });
  });

  it('B9.2 a filter is chosen in its menu, and a text is searched', async () => {
    await quick('filter by its menu', 20, async (index) => {
      if (index % 2 === 0) {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await page.getByRole('menuitemcheckbox', { name: 'Call' }).waitFor();
      } else {
        await page.getByRole('menuitemcheckbox', { name: 'Call' }).click();
        await row('Task').waitFor();
      }
    });
    // Until it has gone the keyboard may still be in it, and the list hears no letters.
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await press('/');
    await quick('search', 10, async (index) => {
      const found = page.waitForResponse(/tasks\?.*text=/);
      await press(String(index % 10));
      await found;
    });
  });
});
