import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { type Line, lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.2: tasks are added one after the other, as quickly as they are typed, and taken back. */

let web: WebStack;
let window: Window;
let page: Page;
let line: Line;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  line = await lineOf(page, '**/api/v1/tasks');
});
afterEach(() => window?.context.close());

const press = (key: string) => page.keyboard.press(key);
const named = async (name: string) =>
  (await allTasks(web.mara)).filter((task) => task.name === name).length;

async function compose(): Promise<void> {
  await window.app.open('/');
  await window.app.addButton.waitFor();
  await press('c');
  await page.getByLabel('Name of the new task').waitFor();
}
const type = async (name: string) => {
  await page.getByLabel('Name of the new task').fill(name);
  await press('Enter');
};

describe('while the answer to the first is under way', () => {
  it('B9.2 the next are added too, and the same name twice makes two', async () => {
    const { open: answer, opened: answered } = newGate();
    let asked = 0;
    line.take(async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      asked += 1;
      const reply = await route.fetch();
      await answered;
      return route.fulfill({ response: reply });
    });
    await compose();
    for (const name of ['Ring the first', 'Ring the second', 'Ring the second']) await type(name);
    await expect.poll(() => asked).toBe(3);
    await page.getByText('Adding “Ring the second”…').waitFor();
    answer();
    await expect.poll(() => window.app.row('Ring the second').count()).toBe(2);
    await window.app.row('Ring the first').waitFor();
    await page.getByText(/^Adding/).waitFor({ state: 'detached' });
    expect(await page.getByText(/was not added/).count()).toBe(0);
    expect([await named('Ring the first'), await named('Ring the second')]).toEqual([1, 2]);
  });
});

it('B9.2 keys go on meaning the row they are on when the answer comes after the line was closed', async () => {
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  const other = await web.mara.call<AppTask>('POST', '/api/v1/tasks', {
    name: 'Gone on to',
    dueDate,
  });
  const { open: answer, opened: answered } = newGate();
  line.take(async (route) => {
    if (route.request().method() === 'POST') await answered;
    return route.continue();
  });
  await compose();
  await type('Answered late');
  await press('Escape');
  await window.app.row(other.name).focus();
  answer();
  await page.getByText('Added “Answered late”.').waitFor();
  await window.app.row('Answered late').waitFor();
  await press('e');
  expect(await page.getByRole('row').getByLabel('Name', { exact: true }).inputValue()).toBe(
    other.name,
  );
});

describe('after an answer that was lost', () => {
  /** The server hears it, and its answer never arrives. */
  async function loseTheAnswer(name: string): Promise<void> {
    line.take(async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await type(name);
    await page.getByText(`“${name}” was not added.`).waitFor();
    line.letGo();
  }

  it('B9.2 the same once more is the same task, and a corrected name is another', async () => {
    await compose();
    const lost = 'Heard by the server alone';
    await loseTheAnswer(lost);
    await press('Enter');
    await page.getByText(`Added “${lost}”.`).waitFor();
    expect(await named(lost)).toBe(1);

    await loseTheAnswer('Wirte to Osterly');
    await type('Write to Osterly');
    await page.getByText('Added “Write to Osterly”.').waitFor();
    expect(await named('Write to Osterly')).toBe(1);
  });
});

describe('the line that is typed into', () => {
  const input = () => page.getByLabel('Name of the new task');

  it('B9.2 keeps the next name, and a notice keeps the one before that was refused', async () => {
    const { open: refuse, opened: refused } = newGate();
    line.take(async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await refused;
      return route.fulfill({ status: 502, body: 'Bad Gateway' });
    });
    await compose();
    await type('Refused behind the back');
    await page.keyboard.type('The next');
    refuse();
    const notice = page.getByRole('alert').getByText('“Refused behind the back” was not added.');
    await notice.waitFor();
    await page.keyboard.type(' one');
    expect(await input().inputValue()).toBe('The next one');
    line.letGo();
    await notice.locator('..').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Added “Refused behind the back”.').waitFor();
    expect(await named('Refused behind the back')).toBe(1);
    expect(await input().inputValue()).toBe('The next one');
  });

  it('B9.2 keeps its words when another view is chosen, and takes the day of that one until a day is chosen', async () => {
    await compose();
    await input().fill('Typed before the tab');
    const composer = page.getByRole('form', { name: 'Add task' });
    const due = (day: string) => composer.getByRole('button', { name: day });
    const tab = (name: string) => page.getByRole('navigation').getByRole('link', { name });
    await due('Due date: Today').waitFor();
    await tab('No date').click();
    await due('No due date').waitFor();
    expect(await input().inputValue()).toBe('Typed before the tab');
    await due('No due date').click();
    await page.getByRole('button', { name: /^Tomorrow/ }).click();
    await tab('Today & tomorrow').click();
    await due('Due date: Tomorrow').waitFor();
    await input().press('Enter');
    await page.getByText('Added “Typed before the tab”.').waitFor();
  });
});

describe('z takes back', () => {
  const make = (name: string) => {
    const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
    return web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate });
  };
  /** Said, and the notice closed, so that the next one is seen to come. */
  const undone = async () => {
    const notice = page.getByText('Undone.');
    await notice.waitFor();
    const close = notice.locator('..').getByRole('button', { name: 'Close' });
    await close.click();
    await notice.waitFor({ state: 'detached' });
  };
  const stored = (task: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);

  it('B9.2 the task that was added, before one that was deleted earlier', async () => {
    const { app } = window;
    const old = await make('Deleted before');
    await app.open('/');
    await app.row(old.name).focus();
    await press('#');
    await page.getByText(`Moved “${old.name}” to Trash.`).waitFor();
    await press('c');
    await type('Added after');
    await page.getByText('Added “Added after”.').waitFor();
    await app.row('Added after').waitFor();
    await press('Escape');
    await press('z');
    await undone();
    await app.row('Added after').waitFor({ state: 'detached' });
    expect(await named('Added after')).toBe(0);
    expect((await stored(old)).trashedAt).not.toBeNull();
    await press('z');
    await app.row(old.name).waitFor();
    expect((await stored(old)).trashedAt).toBeNull();
  });

  it('B9.2 what was chosen and typed in the panel', async () => {
    const task = await make('Edited in the panel');
    await window.app.open('/');
    const panel = await window.app.openTask(task.name);
    await panel.getByLabel('Priority').selectOption('high');
    await page.getByText(`Changed “${task.name}”.`).waitFor();
    expect((await stored(task)).priority).toBe('high');
    const name = panel.getByLabel('Name', { exact: true });
    await name.fill('Renamed in the panel');
    await name.press('Enter');
    await page.getByText('Changed “Renamed in the panel”.').waitFor();
    await name.blur();
    await press('z');
    await undone();
    expect(await stored(task)).toMatchObject({ name: task.name, priority: 'high' });
    await press('z');
    await undone();
    expect((await stored(task)).priority).toBe('normal');
  });
});
