import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { eventually } from './support/eventually.ts';
import { MARA, SALESFORCE_PASSWORD } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/**
 * Due dates as a person sees them in a browser of that zone, at the minute around its midnight. The page, the
 * server and the org share one clock that the test moves; the machine's own zone and time play no part.
 */

/** In the order of time, for the org's clock only goes forward. Nights of a clock change are marked. */
const NIGHTS = [
  ['Pacific/Kiritimati', '2031-03-02', 'the first to wake, UTC+14'],
  ['Pacific/Pago_Pago', '2031-03-05', 'the last to wake, UTC-11'],
  ['America/St_Johns', '2031-03-09', 'half an hour off, and a day of 23 hours begins'],
  ['Asia/Kathmandu', '2031-03-12', 'a quarter of an hour off'],
  ['America/Sao_Paulo', '2031-03-15', 'where midnight itself was once left out'],
  ['Africa/Casablanca', '2031-03-20', 'whose clock follows the moon'],
  ['Asia/Shanghai', '2031-03-25', 'one zone for five'],
  ['Europe/Berlin', '2031-03-30', 'a day of 23 hours begins'],
  ['Europe/Berlin', '2031-03-31', 'a day of 23 hours has ended'],
  ['Australia/Lord_Howe', '2031-04-06', 'a day of 24 and a half hours begins'],
  ['Europe/Berlin', '2031-10-26', 'a day of 25 hours begins'],
] as const;

const MINUTE_MS = 60_000;

let web: WebStack;
let turn: Turn;

beforeAll(async () => {
  web = await startWebStack({ worker: false, orgTime: true, startAt: '2031-03-01T00:00:00Z' });
  await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const { userId } = await web.mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  await turn();
});
afterAll(() => web?.close());

it.each(NIGHTS)('B1.3 %s, the night to %s: %s', async (zone, day, _) => {
  const midnight = midnightIn(zone, day);
  const eve = shift(day, -1);
  web.stack.sandbox.org.clock.set(midnight - MINUTE_MS);
  // Months lie between some nights; Salesforce's sessions do not last that long.
  await web.mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
  const jsforce = await web.stack.jsforce(MARA);
  const inSalesforce = async (id: string) =>
    (await jsforce.sobject('Task').retrieve(id, { fields: ['ActivityDate'] })).ActivityDate;
  const make = async (name: string, date: string) =>
    (await jsforce.sobject('Task').create({ Subject: name, ActivityDate: date })).id ?? '';
  // Not as a date: a day at the end of a name would be taken for the task's own (B9.2).
  const at = `${zone} n${day.replaceAll('-', '')}`;
  const theirs = await make(`Eve ${at}`, eve);
  await make(`Day ${at}`, day);
  await turn({ pollNow: true });

  const { context, app } = await web.window({ timezoneId: zone });
  const { page } = app;
  const due = (name: string, word: string) =>
    app
      .row(name)
      .getByRole('button', { name: `Due date: ${word}`, exact: true })
      .waitFor();
  try {
    // The last minute of the eve.
    await page.clock.setFixedTime(midnight - MINUTE_MS);
    await app.open('/');
    await due(`Eve ${at}`, 'Today');
    await due(`Day ${at}`, 'Tomorrow');
    // Browsers keep old names for some zones, Katmandu for one.
    const asBrowserSays = await page.evaluate(
      () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    );
    await eventually(
      () => web.mara.call<{ timeZone: string }>('GET', '/api/v1/me'),
      ({ timeZone }) => timeZone === asBrowserSays,
      30_000,
    );

    // Chosen here: by default, on the month, and typed.
    await app.addTask(`Mine ${at}`);
    await due(`Mine ${at}`, 'Today');
    await storedWith(`Mine ${at}`, eve);
    await turn();
    const mineThere = (await stored(`Mine ${at}`)).sync.salesforceId ?? '';
    expect(await inSalesforce(mineThere)).toBe(eve);
    await app.row(`Mine ${at}`).focus();
    await page.keyboard.press('d');
    await page.locator(`[data-date="${day}"]`).click();
    await due(`Mine ${at}`, 'Tomorrow');
    await storedWith(`Mine ${at}`, day);
    await turn();
    expect(await inSalesforce(mineThere)).toBe(day);

    // The page lies open over midnight.
    web.stack.sandbox.org.clock.set(midnight + MINUTE_MS);
    await page.clock.setFixedTime(midnight + MINUTE_MS);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await due(`Mine ${at}`, 'Today');
    await due(`Day ${at}`, 'Today');
    // The list draws what is in sight; the nights before leave many tasks above this one.
    await app.open(`/?view=overdue&text=${encodeURIComponent(`Eve ${at}`)}`);
    await due(`Eve ${at}`, 'Yesterday');

    // Set in Salesforce: the same text here, and what is typed here is the same text there.
    await jsforce.sobject('Task').update({ Id: theirs, ActivityDate: '2032-02-29' });
    await turn({ pollNow: true });
    await app.row(`Eve ${at}`).waitFor({ state: 'detached' });
    await app.open(`/?task=${(await stored(`Eve ${at}`)).id}`);
    const panel = page.getByRole('complementary', { name: 'Task' });
    await panel.getByRole('button', { name: 'Due date Sunday, 29 February 2032' }).click();
    const typed = page.getByLabel('Type a date: tomorrow, fri, 24 nov');
    await typed.fill('tomorrow');
    await typed.press('Enter');
    await due(`Eve ${at}`, 'Tomorrow');
    await storedWith(`Eve ${at}`, shift(day, 1));
    await turn();
    expect(await inSalesforce(theirs)).toBe(shift(day, 1));
  } finally {
    await context.close();
  }
});

it.each([
  ['en-US', 'en', 'Sunday', 'Due date: Nov 24'],
  ['en-GB', 'en', 'Monday', 'Due date: 24 Nov'],
  ['zh-TW', 'zh-CN', '星期日', '到期日：11月24日'],
] as const)(
  'B13.5 a browser in %s: pages in %s have its weeks and dates',
  async (locale, language, first, due) => {
    const day = '2031-11-24';
    await web.mara.call('POST', '/api/v1/tasks', { name: `Form of ${locale}`, dueDate: day });
    const { context, app } = await web.window({ locale });
    try {
      await context.addInitScript(
        (chosen) => localStorage.setItem('tandem-language', chosen),
        language,
      );
      await app.page.clock.setFixedTime('2031-11-01T12:00:00Z');
      // As above: only this one is listed.
      await app.open(`/?view=all_open&text=${encodeURIComponent(`Form of ${locale}`)}`);
      await app.row(`Form of ${locale}`).getByRole('button', { name: due, exact: true }).waitFor();
      await app.row(`Form of ${locale}`).focus();
      await app.page.keyboard.press('d');
      await app.page.locator(`[data-date="${day}"]`).waitFor();
      expect(await app.page.locator('th[abbr]').first().getAttribute('abbr')).toBe(first);
    } finally {
      await context.close();
    }
  },
);

async function stored(name: string): Promise<AppTask> {
  const found = await web.mara.call<{ tasks: AppTask[] }>(
    'GET',
    `/api/v1/tasks?view=all&text=${encodeURIComponent(name)}`,
  );
  const task = found.tasks.find((one) => one.name === name);
  if (task === undefined) throw new Error(`no task "${name}"`);
  return task;
}

/** The page shows an edit before the server has it. */
async function storedWith(name: string, date: string): Promise<void> {
  await eventually(
    () => stored(name),
    ({ dueDate }) => dueDate === date,
    30_000,
  );
}

/** The first moment at which clocks in this zone show this day, found by halving. */
function midnightIn(zone: string, day: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  let before = Date.parse(day) - 16 * 60 * MINUTE_MS;
  let after = Date.parse(day) + 16 * 60 * MINUTE_MS;
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2);
    if (format.format(middle) < day) before = middle;
    else after = middle;
  }
  return Math.round(after / MINUTE_MS) * MINUTE_MS;
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);
}
