import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { lineOf } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** What a rep does all day, in a real browser: by dragging, keys, offline, in views of one's own. */

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

const DAY_MS = 86_400_000;
const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() + days * DAY_MS));
const TODAY = dayIn(0);
const TOMORROW = dayIn(1);
const ADA = { id: '0035e00000AbCdEAAV', type: 'Contact', name: 'Ada Quint' };

const make = (name: string, more: object = {}) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: TODAY, ...more });
const stored = (task: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);
const row = (name: string): Locator => window.app.row(name);
const press = (key: string) => page.keyboard.press(key);
const dueIsStored = (task: AppTask, day: string | null) =>
  expect.poll(async () => (await stored(task)).dueDate).toBe(day);
/** It comes above the list when the state of sync is known, and moves the list down. */
const invitationIsThere = () => page.getByRole('link', { name: 'Switch it on' }).waitFor();

describe('views of one’s own', () => {
  it('B9.1 filters are saved under a name, linked to, changed, renamed and deleted', async () => {
    await make('Ring Ada about the lift', { type: 'call', person: ADA });
    await make('Write to somebody else', { type: 'email' });
    await window.app.open('/?view=all_open&type=call');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill('Calls');
    await press('Enter');
    const tab = (name: string) => page.getByRole('link', { name, exact: true });
    await expect.poll(() => tab('Calls').getAttribute('aria-current')).toBe('page');
    const { views } = await web.mara.call<{ views: { id: string }[] }>('GET', '/api/v1/views');
    expect(views).toMatchObject([{ name: 'Calls', query: { view: 'all_open', type: 'call' } }]);

    await window.app.open(`/?saved=${views[0]?.id}`);
    await page.waitForURL(/type=call/);
    await row('Write to somebody else').waitFor({ state: 'detached' });
    await row('Ring Ada about the lift').waitFor();

    await page.getByRole('button', { name: 'Remove the filter Call' }).click();
    await row('Write to somebody else').waitFor();
    const menu = async (item: string) => {
      await page.getByRole('button', { name: /^Actions for the view/ }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await page.getByText('Filters changed').waitFor({ state: 'attached' });
    await menu('Save the changed filters');
    await page.getByText('The view “Calls” has the new filters.').waitFor();
    await menu('Rename');
    await page.getByLabel('Name of the view').fill('Everything open');
    await press('Enter');
    await tab('Everything open').waitFor();
    await menu('Delete view');
    await tab('Everything open').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await tab('Everything open').waitFor();
  });

  it('B9.1 a view that is saved before the others were read takes none of their places', async () => {
    const query = { view: 'overdue' };
    await web.mara.call('POST', '/api/v1/views', { name: 'Was here before', query });
    const views = await lineOf(page, '**/api/v1/views');
    views.take((route) =>
      route.request().method() === 'GET' ? new Promise(() => undefined) : route.continue(),
    );
    await window.app.open('/?view=all_open&type=email');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill('Saved at once');
    views.letGo();
    await press('Enter');
    for (const name of ['Saved at once', 'Was here before'])
      await page.getByRole('link', { name, exact: true }).waitFor();
  });

  it('B9.1 a name that is taken is said where it is typed', async () => {
    const query = { view: 'overdue' };
    await web.mara.call('POST', '/api/v1/views', { name: 'Late', query });
    await window.app.open('/?view=all_open&priority=high');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill('late');
    await press('Enter');
    await page
      .getByRole('alert')
      .getByText(/This name is taken/)
      .waitFor();
  });

  it('B9.1 a person and an owner are filters, and the tabs count what they would show', async () => {
    await make('Ask Ada for the plan', { person: ADA });
    await window.app.open('/?view=all_open');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Person…' }).click();
    await page.getByRole('combobox').fill('ada');
    await page.getByRole('option', { name: /^Ada Quint/ }).click();
    await page.getByText('Person: Ada Quint').waitFor();
    const shown = page.getByRole('row').filter({ hasText: 'Ada Quint' });
    const count = (await allTasks(web.mara)).filter(({ person }) => person?.id === ADA.id).length;
    await expect.poll(() => shown.count()).toBe(count);
    await page.getByRole('link', { name: `All open ${count}` }).waitFor();

    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Owner…' }).click();
    await page.getByRole('option', { name: 'Everybody’s tasks' }).click();
    await page.waitForURL(/owner=all/);
    await page.getByRole('button', { name: 'Remove the filter Everybody’s tasks' }).click();
    await page.waitForURL((url) => !url.search.includes('owner'));
  });
});

describe('columns', () => {
  const head = (name: string) => page.getByRole('columnheader', { name });
  const width = async (name: string) => (await head(name).boundingBox())?.width ?? 0;

  it('B9.2 are chosen, ordered and sized by keyboard and pointer, and remembered', async () => {
    await make('One row is enough', { person: ADA });
    await window.app.open('/');
    await head('Related to').waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Related to' }).uncheck();
    await page.getByRole('checkbox', { name: 'Last changed' }).check();
    await page.getByRole('button', { name: 'Move Sync to the left' }).click();
    await press('Escape');
    await head('Last changed').waitFor();
    expect(await head('Related to').count()).toBe(0);

    const before = await width('Person');
    await page.getByRole('separator', { name: 'Width of the column Person' }).focus();
    await press('ArrowLeft');
    await press('ArrowLeft');
    await expect.poll(() => width('Person')).toBe(before + 16);
    await invitationIsThere();
    const edge = await page
      .getByRole('separator', { name: 'Width of the column Person' })
      .boundingBox();
    const [x, y] = [(edge?.x ?? 0) + 5, (edge?.y ?? 0) + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => width('Person')).toBe(before + 56);

    await window.app.open('/');
    await head('Last changed').waitFor();
    expect(await head('Related to').count()).toBe(0);
    expect(await width('Person')).toBe(before + 56);
    const order = await page
      .getByRole('columnheader')
      .evaluateAll((heads) =>
        heads.map((one) => (one as HTMLElement).dataset.column).filter(Boolean),
      );
    expect(order.indexOf('sync')).toBeLessThan(order.indexOf('priority'));
  });

  it('B9.2 the head sorts, and says by what', async () => {
    await make('Sorted');
    await window.app.open('/?view=all_open');
    await page.getByRole('button', { name: 'Sort by Name' }).click();
    await expect.poll(() => head('Sort by Name').getAttribute('aria-sort')).toBe('ascending');
    expect(page.url()).toContain('sort=name');
  });
});

describe('to another day', () => {
  async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
    await invitationIsThere();
    const box = await place.boundingBox();
    if (!box) throw new Error('It is not in sight.');
    return { x: box.x + Math.min(box.width / 2, 300), y: box.y + box.height / 2 };
  }
  async function drag(from: Locator, to: () => Locator): Promise<void> {
    const start = await middleOf(from);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
    const end = await middleOf(to());
    await page.mouse.move(end.x, end.y, { steps: 6 });
    await page.mouse.up();
  }

  it('B9.2 a task is dragged to a day in the list, and taken back', async () => {
    const task = await make('Drag me to tomorrow');
    await make('Stays tomorrow', { dueDate: TOMORROW });
    await window.app.open('/');
    await drag(row(task.name), () => page.getByRole('heading', { name: 'Tomorrow' }));
    await page.getByText(`Changed the date of “${task.name}”.`).waitFor();
    await dueIsStored(task, TOMORROW);
    expect(await page.getByRole('complementary', { name: 'Task' }).count()).toBe(0);
    await press('z');
    await dueIsStored(task, TODAY);
  });

  it('B9.2 the selection goes together to a day that is not in sight; Esc lets it go', async () => {
    const tasks = [await make('Drag along one'), await make('Drag along two')];
    await window.app.open('/?view=today');
    for (const { name } of tasks) {
      await row(name).focus();
      await press('x');
    }
    const noDate = () => page.locator('span[data-day=none]');
    const start = await middleOf(row('Drag along one'));
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 20, start.y + 20, { steps: 3 });
    await noDate().waitFor();
    await press('Escape');
    await noDate().waitFor({ state: 'detached' });
    await page.mouse.move(start.x, start.y);
    await page.mouse.up();
    await drag(row('Drag along one'), noDate);
    await page.getByText('Changed the date of 2 tasks.').waitFor();
    for (const task of tasks) await dueIsStored(task, null);
    // The press that Esc ended was none on the row either.
    expect(await page.getByRole('complementary', { name: 'Task' }).count()).toBe(0);
  });

  it('B9.2 a finger that rests on a task picks it up', async () => {
    const task = await make('Held by a finger');
    await window.context.close();
    window = await web.window({ viewport: { width: 390, height: 844 }, hasTouch: true });
    page = window.app.page;
    await window.app.open('/?view=today');
    const start = await middleOf(row(task.name));
    const cdp = await window.context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
    await touch('touchStart', start);
    const bar = page.locator('span[data-day]');
    await bar.first().waitFor();
    const end = await middleOf(page.locator(`span[data-day="${TOMORROW}"]`));
    await touch('touchMove', { x: start.x, y: start.y + 20 });
    await touch('touchMove', end);
    await touch('touchEnd');
    await dueIsStored(task, TOMORROW);
  });

  it('B9.2 keys do the same: tomorrow, a day later, earlier, no date, today', async () => {
    const task = await make('Moved by keys');
    await window.app.open('/?view=all_open');
    await row(task.name).focus();
    for (const [key, day] of [
      ['m', TOMORROW],
      [']', dayIn(2)],
      ['[', TOMORROW],
      ['n', null],
      ['t', TODAY],
    ] as const) {
      await press(key);
      await dueIsStored(task, day);
      await page.locator('[role=row]:focus').filter({ hasText: task.name }).waitFor();
    }
  });

  it('B9.2 a day typed into the name is its date, unless it is to stay in the name', async () => {
    await window.app.open('/?view=all_open');
    await page.getByRole('heading', { name: 'Command Center' }).waitFor();
    await press('c');
    const name = page.getByLabel('Name of the new task');
    await name.fill('Send Osterly the plan tomorrow');
    await page.getByRole('form').getByRole('button', { name: 'Due date: Tomorrow' }).waitFor();
    await press('Enter');
    await row('Send Osterly the plan').waitFor();
    await name.fill('Watch the film Tomorrow');
    await page.getByRole('button', { name: /is taken as the date/ }).click();
    await press('Enter');
    await row('Watch the film Tomorrow').waitFor();
    const tasks = await allTasks(web.mara);
    const due = (wanted: string) => tasks.find((task) => task.name === wanted)?.dueDate;
    expect(due('Send Osterly the plan')).toBe(TOMORROW);
    expect(due('Watch the film Tomorrow')).toBeNull();
  });
});

describe('when the line or the server fails', () => {
  it('B9.2 what is changed offline stays in sight, is counted, and goes when one is back', async () => {
    const [first, second] = [await make('Changed in a tunnel'), await make('Also in the tunnel')];
    await window.app.open('/');
    await row(first.name).focus();
    await window.context.setOffline(true);
    await press('Space');
    await row(second.name).focus();
    await press('m');
    await page.getByText('You are offline. 2 changes wait here').waitFor();
    await row(first.name)
      .getByRole('button', { name: /^Reopen/ })
      .waitFor();
    expect((await stored(first)).status).toBe('open');
    await window.context.setOffline(false);
    await expect.poll(async () => (await stored(first)).status).toBe('complete');
    await dueIsStored(second, TOMORROW);
    await page.getByText(/You are offline/).waitFor({ state: 'detached' });
  });

  it('B9.2 what is renamed and added offline waits too, and goes when one is back', async () => {
    const task = await make('Misspelt in a tunnel');
    await window.app.open('/');
    await row(task.name).focus();
    await window.context.setOffline(true);
    await press('e');
    await page.getByRole('row').getByLabel('Name', { exact: true }).fill('Put right in a tunnel');
    await press('Enter');
    await row('Put right in a tunnel').waitFor();
    await page.getByText('You are offline. 1 change waits here').waitFor();
    await press('c');
    await page.getByLabel('Name of the new task').fill('Thought of in a tunnel');
    await press('Enter');
    await page.getByText('You are offline. 2 changes wait here').waitFor();
    expect((await stored(task)).name).toBe(task.name);
    const said = page.getByText('Changed “Put right in a tunnel”.').waitFor();
    await window.context.setOffline(false);
    await said;
    await page.getByText(/You are offline/).waitFor({ state: 'detached' });
    await row('Thought of in a tunnel').waitFor();
    expect((await stored(task)).name).toBe('Put right in a tunnel');
  });

  it('B9.4 what others changed meanwhile is read when the line is back', async () => {
    const task = await make('Before the tunnel');
    await window.app.open('/');
    await row(task.name).waitFor();
    await window.context.setOffline(true);
    await page.getByText(/You are offline/).waitFor();
    await web.mara.call('PATCH', `/api/v1/tasks/${task.id}`, { name: 'Renamed by somebody else' });
    await window.context.setOffline(false);
    await row('Renamed by somebody else').waitFor();
  });

  it('B9.2 what the server refuses goes back, says why, and is tried again from the notice', async () => {
    const task = await make('Refused at first');
    const line = await lineOf(page, '**/api/v1/tasks/*');
    await window.app.open('/');
    line.take((route) =>
      route.request().method() === 'PATCH' ? route.fulfill({ status: 502 }) : route.continue(),
    );
    await row(task.name).focus();
    await press('m');
    await page
      .getByRole('alert')
      .getByText(/“Refused at first” was not changed/)
      .waitFor();
    await row(task.name).getByRole('button', { name: 'Due date: Today' }).waitFor();
    line.letGo();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await dueIsStored(task, TOMORROW);
  });
});

it('B9.2 all of a long list is selected and changed at once, in as many requests as it takes', async () => {
  const count = 620;
  const lines = Array.from({ length: count }, (_, index) => `Many ${index},inmail`);
  const csv = ['name,type', ...lines].join('\r\n');
  await web.mara.call('POST', '/api/v1/tasks/import', { csv });
  await window.app.open('/?view=no_date&type=inmail');
  await row('Many').first().waitFor();
  await press('Control+a');
  await page.getByText(`${count} selected`).waitFor();
  await press('t');
  await page.getByText(`Changed the date of ${count} tasks.`).waitFor();
  const counts = await web.mara.call<{ today: number }>('GET', '/api/v1/tasks/counts?type=inmail');
  expect(counts.today).toBe(count);
});
