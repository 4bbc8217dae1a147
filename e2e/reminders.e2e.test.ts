import { createMailbox, type Mailbox } from '@tandem/mailbox';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { violationsOf } from './support/axe.ts';
import { eventually } from './support/eventually.ts';
import { type Line, lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** Reminders from the settings to the mailbox and the page, with the clock moved by hand. */

const LOOKS = [
  { colorScheme: 'light', language: 'en', width: 1440 },
  { colorScheme: 'dark', language: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', language: 'en', width: 390 },
  { colorScheme: 'light', language: 'zh-CN', width: 390 },
] as const;
/** The server looks every two seconds. */
const PATIENCE_MS = 30_000;

let mailbox: Mailbox;
let web: WebStack;
let window: Window;
let page: Page;
let events: Line;

beforeAll(async () => {
  mailbox = await createMailbox();
  web = await startWebStack({
    worker: true,
    orgTime: true,
    startAt: '2026-11-27T05:00:00.000Z',
    mail: { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' },
  });
  await web.mara.call('PATCH', '/api/v1/me', { timeZone: 'Europe/Oslo' });
  for (const [name, dueDate] of [
    ['Ring Osterly about the freezer', '2026-11-24'],
    ['Send Marlow the offer', '2026-11-27'],
    ['Visit Tennant', '2026-11-28'],
  ])
    await web.mara.call('POST', '/api/v1/tasks', { name, dueDate });
});
afterAll(async () => {
  await web?.close();
  await mailbox?.close();
});
afterEach(() => window?.context.close());

async function open(
  path: string,
  look: (typeof LOOKS)[number] = LOOKS[0],
  before?: () => void,
): Promise<void> {
  window = await web.window({
    colorScheme: look.colorScheme,
    viewport: { width: look.width, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Oslo',
  });
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    look.language,
  );
  page = window.app.page;
  events = await lineOf(page, '**/api/v1/events');
  before?.();
  await window.app.open(path);
}

async function expectClean(state: string): Promise<void> {
  const violations = await violationsOf(page);
  const said = violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]);
  expect.soft(said, state).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(tooWide, `${state}: pixels to scroll sideways`).toBeLessThanOrEqual(0);
}

const moveClockTo = (instant: string) => web.stack.sandbox.org.clock.set(Date.parse(instant));
const mailsTo = (email: string) => mailbox.mails().filter(({ to }) => to === email);

it.each(LOOKS)(
  'B13.1 settings and notices are clean: $colorScheme, $language, $width px',
  async (look) => {
    await open('/settings/reminders', look);
    await page.locator('form').waitFor();
    await page.getByText('Send Marlow the offer').first().waitFor();
    await expectClean('reminders');
    await window.app.open('/notices');
    await page.locator('h2').first().waitFor();
    await expectClean('notices');
  },
  PATIENCE_MS * 3,
);

it(
  'B13.1 the digest comes at the hour that was set, by mail and on the page that is open',
  async () => {
    await open('/settings/reminders');
    const digest = page.getByRole('group', { name: 'A digest of the day' });
    await digest.getByLabel('At', { exact: true }).fill('07:30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect(mailsTo(web.mara.email)).toEqual([]);

    const said = page
      .getByText('Your day · 1 overdue · 1 due today · 1 tomorrow')
      .waitFor({ timeout: PATIENCE_MS });
    moveClockTo('2026-11-27T06:30:01.000Z');
    const [mail] = await eventually(
      async () => mailsTo(web.mara.email),
      (mails) => mails.length > 0,
      PATIENCE_MS,
    );
    expect(mail?.subject).toBe('Your day: 1 overdue, 1 due today, 1 tomorrow');
    const link = page.getByRole('link', { name: /Notices/ }).first();
    await link.getByText('1 unread').waitFor({ state: 'attached' });
    await said;
    await link.click();
    await page.getByRole('heading', { name: 'Notices' }).waitFor();
    await page.getByText('1 overdue · 1 due today · 1 tomorrow', { exact: true }).waitFor();
    await expectClean('a notice');
    await page.getByRole('button', { name: 'Put away: Your day' }).click();
    await page.getByRole('heading', { name: 'All quiet' }).waitFor();

    // The same day holds no second one.
    moveClockTo('2026-11-27T06:40:00.000Z');
    await page.reload();
    await page.getByRole('heading', { name: 'All quiet' }).waitFor();
    expect(mailsTo(web.mara.email)).toHaveLength(1);
  },
  PATIENCE_MS * 3,
);

it(
  'B13.1 the word on the due date comes at its own hour to the page that is open, and leads to the list',
  async () => {
    await open('/settings/reminders');
    // What is due "today" is so on the reader's own clock.
    await page.clock.setFixedTime('2026-11-27T08:00:01.000Z');
    await page.reload();
    await page.locator('form').waitFor();
    moveClockTo('2026-11-27T08:00:01.000Z');
    const toast = page.getByRole('status').filter({ hasText: '1 task is due today' });
    await toast.waitFor();
    // Nothing leaves from under the pointer, however long it is looked at.
    await toast.getByRole('button', { name: 'Open the list' }).hover();
    await expectClean('a word on the due date');
    await toast.getByRole('button', { name: 'Open the list' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByText('Send Marlow the offer').first().waitFor();
    // It was said, and is not said again to whoever opens the page anew; the list of notices has it.
    await page.reload();
    const link = page.getByRole('link', { name: /Notices/ }).first();
    await link.getByText('1 unread').waitFor({ state: 'attached' });
    expect(await page.getByText('1 task is due today').count()).toBe(0);
    // Nor in a browser that begins today.
    const another = await web.window();
    await another.app.open('/');
    const theirs = another.app.page.getByRole('link', { name: /Notices/ }).first();
    await theirs.getByText('1 unread').waitFor({ state: 'attached' });
    expect(await another.app.page.getByText('1 task is due today').count()).toBe(0);
    await another.context.close();
    await link.click();
    await page.getByRole('main').getByText('1 task is due today').waitFor();
    await web.mara.call('POST', '/api/v1/notices', { mark: 'cleared' });
  },
  PATIENCE_MS * 3,
);

it(
  'B13.5 a test in Chinese, as a notification of the system where that is allowed; the link of a mail ends it',
  async () => {
    await open('/settings/reminders', LOOKS[1]);
    // Headless browsers have no notifications; what is asked of the system is written down instead.
    await window.context.addInitScript(() => {
      const asked: string[] = [];
      class Recorded {
        static readonly permission = 'granted';
        constructor(title: string) {
          asked.push(title);
        }
      }
      Object.assign(globalThis, { Notification: Recorded, asked });
    });
    await web.mara.call('PATCH', '/api/v1/me', { locale: 'zh-CN' });
    await page.reload();
    await page.getByText('这里已允许通知', { exact: false }).waitFor();
    await page.getByRole('button', { name: '发一条测试' }).click();
    await page.getByText('已发送到', { exact: false }).waitFor();
    await page.waitForFunction(
      () => (globalThis as unknown as { asked: string[] }).asked.length > 0,
    );
    expect(await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual(
      ['测试'],
    );
    expect(mailsTo(web.mara.email)[0]?.subject).toBe('来自 Tandem 的测试邮件');

    const digest = mailsTo(web.mara.email).at(-1);
    const end = /<(\S+)>/.exec(digest?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    const stranger = await web.browser.newPage({ locale: 'zh-CN', colorScheme: 'dark' });
    page = stranger;
    await stranger.goto(end);
    await stranger.getByText('不再用邮件给你发送每日摘要？').waitFor();
    await expectClean('the page that ends mails');
    await stranger.getByRole('button', { name: '停止发送' }).click();
    await stranger.getByText('此类邮件不会再发送', { exact: false }).waitFor();
    await stranger.close();
    const { settings } = await web.mara.call<{ settings: { digest: { mail: boolean } } }>(
      'GET',
      '/api/v1/reminders',
    );
    expect(settings.digest.mail).toBe(false);
  },
  PATIENCE_MS * 3,
);

it(
  'B13.6 a sign-in that Salesforce refuses is told to its person, and gone once it is settled',
  async () => {
    await web.mara.call('PATCH', '/api/v1/me', { locale: 'en' });
    await web.mara.call('POST', '/api/v1/notices', { mark: 'cleared' });
    const { open: stands, opened: stream } = newGate();
    // It comes between the first reading and the stream that tells of it.
    await open('/notices', LOOKS[0], () =>
      events.take((route) => stream.then(() => route.continue())),
    );
    await page.getByRole('heading', { name: 'All quiet' }).waitFor();
    const { pool } = web.stack.server.services.db;
    await pool.query('update tandem.connections set sign_in_needed = true');
    await eventually(
      async () => mailsTo(web.mara.email).map(({ subject }) => subject),
      (subjects) => subjects.includes('Sign in to Salesforce again'),
      PATIENCE_MS,
    );
    stands();
    const row = page.getByRole('listitem').filter({ hasText: 'Sign in to Salesforce again' });
    await row.waitFor({ timeout: PATIENCE_MS });
    await pool.query('update tandem.connections set sign_in_needed = false');
    await row.waitFor({ state: 'detached', timeout: PATIENCE_MS });
  },
  PATIENCE_MS * 4,
);

it(
  'B12.1 a forgotten password is replaced by way of the mail',
  async () => {
    const guest = await web.browser.newPage({ locale: 'en-GB' });
    const at = (path: string) => new URL(path, web.stack.server.url).href;
    page = guest;
    await guest.goto(at('/sign-in'));
    await guest.getByRole('link', { name: 'Forgot password?' }).click();
    // The page one comes from has an e-mail field too, and stays until the next one is there.
    await guest.getByRole('button', { name: 'Send the link' }).waitFor();
    await guest.getByLabel('E-mail').fill(web.mara.email);
    await expectClean('forgot password');
    await guest.getByRole('button', { name: 'Send the link' }).click();
    await guest.getByText('a mail is on its way', { exact: false }).waitFor();
    const mail = await eventually(
      async () => mailsTo(web.mara.email)[0],
      (one) => one?.subject === 'Choose a new password',
      PATIENCE_MS,
    );
    const link = /(http\S+reset-password#\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    await guest.goto(link);
    await guest.getByLabel('New password').fill('a whole new password');
    await expectClean('a new password');
    await guest.getByRole('button', { name: 'Set the password' }).click();
    await guest.getByText('Done. Sign in with your new password.').waitFor();
    await guest.close();
  },
  PATIENCE_MS * 3,
);
