import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { eventually } from './support/eventually.ts';
import { lineOf, newGate } from './support/line.ts';
import { turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** Each key of the help sheet is pressed once, and does what the sheet says. */

let web: WebStack;
let window: Window;
let page: Page;
let late: AppTask;
let first: AppTask;
let second: AppTask;

const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() + days * 86_400_000));
const nextMonday = () => {
  const weekday = new Date(`${dayIn(0)}T00:00Z`).getUTCDay();
  return dayIn((8 - weekday) % 7 || 7);
};
const PATIENCE_MS = 30_000;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const make = (name: string, days: number) =>
    mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: dayIn(days) });
  late = await make('Keys: should have been sent', -2);
  first = await make('Keys: a first', 0);
  second = await make('Keys: b second', 0);
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  const turn = await turnsOf(web.stack, userId);
  await turn();
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  await window.context.grantPermissions(['clipboard-write']);
});
afterEach(() => window?.context.close());

/** By what is printed on them: what the key must have done. */
type Effects = Readonly<Record<string, () => Promise<unknown>>>;

const row = ({ name }: AppTask) => window.app.row(name);
const focused = (task: AppTask) =>
  page.locator('[role=row]:focus').filter({ hasText: task.name }).waitFor();
const selected = (count: number) => page.getByText(`${count} selected`).waitFor();
const stored = (task: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);
const has = (task: AppTask, part: Partial<AppTask>) =>
  eventually(
    () => stored(task),
    (now) => Object.entries(part).every(([key, value]) => now[key as keyof AppTask] === value),
    PATIENCE_MS,
  );
const due = (days: number) => () => has(first, { dueDate: dayIn(days) });
const panel = () => page.getByRole('complementary', { name: 'Task' });
/** What opens is shut again, and the keyboard is back on its task. */
const opens = (what: () => Locator) => async () => {
  await what().waitFor();
  await page.keyboard.press('Escape');
  await what().waitFor({ state: 'detached' });
};

/** What is in the clipboard, pasted elsewhere: the page itself may write there and not read. */
async function pasted(): Promise<string> {
  const paper = await window.context.newPage();
  await paper.setContent('<textarea autofocus></textarea>');
  await paper.locator('textarea').focus();
  await paper.keyboard.press('Control+v');
  await expect.poll(() => paper.locator('textarea').inputValue()).not.toBe('');
  const text = await paper.locator('textarea').inputValue();
  await paper.close();
  return text;
}

async function list(): Promise<void> {
  await window.app.open('/?view=all_open&sort=name&text=Keys');
  await row(first).focus();
  await focused(first);
}

/** The keys that the sheet shows under this heading are the keys of `effects`, and each of them works. */
async function pressEach(heading: string, effects: Effects): Promise<void> {
  await page.keyboard.press('?');
  const section = page
    .getByRole('dialog')
    .locator('section')
    .filter({
      has: page.getByRole('heading', { name: heading, exact: true }),
    });
  await section.waitFor();
  // An object sorts its numbers to the front: the filters are pressed apart.
  const shown = (await section.locator('kbd').allTextContents()).filter(
    (key) => !/^[19]$/.test(key),
  );
  expect(shown.sort()).toEqual(Object.keys(effects).sort());
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await focused(first);
  for (const [key, happened] of Object.entries(effects)) {
    await page.keyboard.press(
      key.replace('Ctrl ', 'Control+').replace('⇧ ', 'Shift+').replace('Esc', 'Escape'),
    );
    await happened();
  }
}

it('B9.2 keys that move: through the list, into a task, to other filters, and out again', async () => {
  await list();
  await pressEach('Move', {
    j: () => focused(second),
    k: () => focused(first),
    End: () => focused(late),
    Home: () => focused(first),
    Enter: opens(panel),
    o: () => panel().waitFor(),
    Esc: () => panel().waitFor({ state: 'detached' }),
    'Ctrl K': opens(() => page.getByRole('combobox')),
    '/': async () => {
      await page.locator('#search-tasks:focus').waitFor();
      await row(first).focus();
    },
  });
  await page.keyboard.press('9');
  await page.waitForURL(/view=range/);
  await page.keyboard.press('1');
  await page.locator('nav a[aria-current=page]', { hasText: 'Today & tomorrow' }).waitFor();
});

it('B9.2 keys that do: complete, rename, assign, open and share, delete, undo, add', async () => {
  await list();
  await pressEach('Do', {
    Space: async () => {
      await has(first, { status: 'complete' });
      await web.mara.call('PATCH', `/api/v1/tasks/${first.id}`, { status: 'open' });
      // A reading from before that would take the row away.
      await row(first)
        .getByRole('button', { name: /^Complete/ })
        .waitFor();
      await row(first).focus();
    },
    e: opens(() => page.getByRole('textbox', { name: 'Name', exact: true })),
    p: () => has(first, { priority: 'high' }),
    a: opens(() => page.getByRole('combobox')),
    s: async () => {
      await expect.poll(() => window.context.pages().length).toBe(2);
      const [, record] = window.context.pages();
      const { sync } = await stored(first);
      await record?.waitForURL((url) => url.href.startsWith(web.stack.sandbox.url));
      expect(decodeURIComponent(record?.url() ?? '')).toContain(sync.salesforceId);
      await record?.close();
    },
    l: async () => {
      await page.getByText('Link copied').waitFor();
      expect(await pasted()).toBe(`${new URL(page.url()).origin}/?task=${first.id}`);
    },
    '#': () => row(first).waitFor({ state: 'detached' }),
    z: () => row(first).waitFor(),
    c: () => page.locator('input:focus[aria-label="Name of the new task"]').waitFor(),
  });
});

it('B9.2 keys for days: today, tomorrow, next Monday, none, a day on and back, any', async () => {
  await list();
  await pressEach('Days', {
    m: due(1),
    w: () => has(first, { dueDate: nextMonday() }),
    n: () => has(first, { dueDate: null }),
    t: due(0),
    ']': due(1),
    '[': due(0),
    d: () => page.locator('[data-date]').first().waitFor(),
  });
});

it('B9.2 keys of the list: select one, more, all; help; overdue folded out', async () => {
  await window.app.open('/?text=Keys');
  await row(first).focus();
  await pressEach('The list', {
    x: () => selected(1),
    '⇧ j': () => selected(2),
    '⇧ k': () => focused(first),
    'Ctrl A': () => page.getByText(/^\d+ selected$/).waitFor(),
    '?': opens(() => page.getByRole('dialog')),
    v: () => row(late).waitFor(),
  });
});

it('B9.2 a day that is typed right after “d” is in the field when its script has come, and moves nothing before', async () => {
  const script = await lineOf(page, /date-popover.*\.js/);
  await window.app.open('/');
  await row(first).focus();
  const { open: comes, opened: came } = newGate();
  script.take((route) => came.then(() => route.continue()));
  await page.keyboard.press('d');
  await page.keyboard.type('next month');
  comes();
  const field = page.getByLabel('Type a date: tomorrow, fri, 24 nov');
  await expect.poll(() => field.inputValue()).toBe('next month');
  expect((await stored(first)).dueDate).toBe(dayIn(0));
  await field.fill('tomorrow');
  await page.keyboard.press('Enter');
  await due(1)();
  await page.keyboard.press('t');
  await due(0)();
});
