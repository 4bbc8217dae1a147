import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.2: what is typed over a task's name in its row is saved, whatever happens to the row meanwhile. */

let web: WebStack;
let window: Window;
let page: Page;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
});
afterEach(() => window?.context.close());

const today = () => new Intl.DateTimeFormat('sv-SE').format(new Date());
const press = (key: string) => page.keyboard.press(key);
const make = (name: string) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: today() });
const stored = (task: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);
const editor = () => page.getByRole('row').getByLabel('Name', { exact: true });
const focused = (task: AppTask) =>
  page.locator('[role=row]:focus').filter({ hasText: task.name }).waitFor();

describe('after a key that had nothing to change', () => {
  const KEYS = [
    ['j', 'on the last row'],
    ['k', 'on the first row'],
    ['t', 'on a task of today'],
  ] as const;
  it.each(KEYS)('B9.2 the name stays open to be edited: %s %s', async (key, where) => {
    const task = await make(`Alone ${where}`);
    await window.app.open(`/?view=all_open&text=${encodeURIComponent(task.name)}`);
    await window.app.row(task.name).focus();
    await press('j');
    await focused(task);
    await press(key);
    await press('e');
    await editor().waitFor();
    await page.keyboard.type(' and renamed');
    await press('Enter');
    await page.getByText(`Changed “${task.name} and renamed”.`).waitFor();
    expect((await stored(task)).name).toBe(`${task.name} and renamed`);
  });
});
