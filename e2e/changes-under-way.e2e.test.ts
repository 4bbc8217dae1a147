import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { type Line, lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** What a person does while the server has not answered what was done before. */

let web: WebStack;
let window: Window;
let page: Page;
/** Every change of tasks that are there. */
let writes: Line;
/** The list as it is read. */
let reads: Line;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  writes = await lineOf(page, /\/api\/v1\/tasks\/(bulk|[\da-f-]{36})(\?|$)/);
  reads = await lineOf(page, /\/api\/v1\/tasks\?/);
});
afterEach(() => window?.context.close());

const DAY_MS = 86_400_000;
const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() + days * DAY_MS));
const [TODAY, TOMORROW] = [dayIn(0), dayIn(1)];

const make = (name: string) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: TODAY });
const stored = ({ id }: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);
const row = (name: string): Locator => window.app.row(name);
const press = (key: string) => page.keyboard.press(key);
const said = (text: string) => page.getByText(text).waitFor();

/** Holds every request on a line until it is released; `first` has come when the first of them is held. */
function hold(line: Line): { readonly first: Promise<unknown>; readonly release: () => void } {
  const { open: release, opened: gate } = newGate();
  const first = new Promise<void>((resolve) => {
    line.take(async (route: Route) => {
      resolve();
      await gate;
      await route.continue();
    });
  });
  return { first, release };
}

async function select(...tasks: readonly AppTask[]): Promise<void> {
  for (const { name } of tasks) {
    await row(name).focus();
    await press('x');
  }
  await page.getByText(`${tasks.length} selected`).waitFor();
}

it('B9.2 an edit of one task after a change of many is the one that stays', async () => {
  const [task, other] = [await make('Dated with another'), await make('Dated along')];
  await window.app.open('/');
  await select(task, other);
  const order: string[] = [];
  const { open: release, opened: gate } = newGate();
  const held = new Promise<void>((resolve) => {
    writes.take(async (route) => {
      const isMany = route.request().url().includes('bulk');
      if (isMany) {
        resolve();
        await gate;
      }
      order.push(isMany ? 'many' : 'one');
      await route.continue();
    });
  });
  await press('m');
  await held;
  await press('Escape');
  await row(task.name).focus();
  await press('t');
  await row(task.name).getByRole('button', { name: 'Due date: Today' }).waitFor();
  // An answer to a request that was sent later: had the edit been sent, it would have come before it.
  await page.evaluate(() => fetch('/api/v1/me'));
  release();
  await said('Changed the date of 2 tasks.');
  await said(`Changed the date of “${task.name}”.`);
  expect(order).toEqual(['many', 'one']);
  expect((await stored(task)).dueDate).toBe(TODAY);
  expect((await stored(other)).dueDate).toBe(TOMORROW);
  await row(task.name).getByRole('button', { name: 'Due date: Today' }).waitFor();
});

it('B9.2 a change of many after an edit of one is the one that stays, also when both waited offline', async () => {
  const [task, other] = [await make('Edited in a tunnel'), await make('Along in a tunnel')];
  await window.app.open('/');
  await row(task.name).focus();
  await window.context.setOffline(true);
  await press('n');
  await page.getByText('You are offline. 1 change waits here').waitFor();
  await select(task, other);
  await press('m');
  await page.getByText('You are offline. 2 changes wait here').waitFor();
  await window.context.setOffline(false);
  await said(`Changed the date of “${task.name}”.`);
  await said('Changed the date of 2 tasks.');
  expect((await stored(task)).dueDate).toBe(TOMORROW);
});

it('B9.2 what changed during a change of many does not go back when it is answered', async () => {
  const [task, other] = [await make('Before it was renamed'), await make('Changed along')];
  await window.app.open('/');
  await select(task, other);
  const { first, release } = hold(writes);
  await press('m');
  await first;
  await web.mara.call('PATCH', `/api/v1/tasks/${task.id}`, { name: 'Renamed meanwhile' });
  await row('Renamed meanwhile').waitFor();
  const reading = hold(reads);
  release();
  await said('Changed the date of 2 tasks.');
  await row('Renamed meanwhile').getByRole('button', { name: 'Due date: Tomorrow' }).waitFor();
  reading.release();
});

it('B12.5 what was meant among one’s own tasks goes, though a colleague’s are looked at by then', async () => {
  const task = await make('Completed before looking');
  await window.app.open('/');
  await row(task.name).focus();
  await window.context.setOffline(true);
  await press('Space');
  await page.getByText('You are offline. 1 change waits here').waitFor();
  await page.evaluate((id) => history.pushState({}, '', `/?as=${id}`), crypto.randomUUID());
  await window.context.setOffline(false);
  await said(`Completed “${task.name}”.`);
  expect((await stored(task)).status).toBe('complete');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await said('Undone.');
  expect((await stored(task)).status).toBe('open');
});

it('B9.2 z pressed again while it waits takes back one change, and says that it waits', async () => {
  const [older, newer] = [await make('Changed first'), await make('Changed last')];
  await window.app.open('/');
  await row(older.name).focus();
  await press('p');
  await said(`Changed “${older.name}”.`);
  const { first, release } = hold(writes);
  await row(newer.name).focus();
  await press('m');
  await first;
  for (const _ of [1, 2, 3]) await press('z');
  await said('Undo waits until the last change is saved.');
  release();
  await said('Undone.');
  expect(await stored(newer)).toMatchObject({ dueDate: TODAY });
  expect(await stored(older)).toMatchObject({ priority: 'high' });
  await press('z');
  await expect.poll(async () => (await stored(older)).priority).toBe('normal');
});

it('B9.2 the browser asks before the page is left while a change is under way, and not after', async () => {
  const [task, other] = [await make('Left in the middle'), await make('Left beside it')];
  await window.app.open('/');
  await select(task, other);
  const { first, release } = hold(writes);
  await press('m');
  await first;
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  release();
  await said('Changed the date of 2 tasks.');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
});
