import { createMailbox, type Mailbox } from '@tandem/mailbox';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signUnsubscription } from '../packages/server/src/reminders/unsubscribe-token.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { shot } from './support/shots.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** WCAG 2.2 AA on the pages that mails lead to, and on notices of every kind, in each look. */

let mailbox: Mailbox;
let web: WebStack;
let window: Window;
let unsubscribe: string;

beforeAll(async () => {
  mailbox = await createMailbox();
  web = await startWebStack({
    worker: false,
    mail: { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' },
  });
  const { db, unsubscribeKey } = web.stack.server.services;
  const { rows } = await db.pool.query<{ workspace_id: string; user_id: string }>(
    'select workspace_id, user_id from tandem.members',
  );
  const [{ workspace_id: workspaceId, user_id: userId } = { workspace_id: '', user_id: '' }] = rows;
  const token = signUnsubscription({ workspaceId, userId, kind: 'digest' }, unsubscribeKey);
  unsubscribe = `/unsubscribe?t=${token}`;
});
afterAll(async () => {
  await web?.close();
  await mailbox?.close();
});
afterEach(() => window?.context.close());

const SINCE = '2026-11-27T05:00:00.000Z';
const NOTICES = [
  ['digest', { overdue: 2, today: 3, tomorrow: 1 }],
  ['due', { count: 3, date: '2026-11-27' }],
  ['eve', { count: 1, date: '2026-11-28' }],
  ['sign_in', {}],
  ['brake', { count: 12 }],
  ['stall', { stall: 'worker', count: 2, since: SINCE }],
  ['new_status', { values: ['Parked', 'On hold'] }],
  ['webhook_stopped', { name: 'Ledger' }],
  ['test', {}],
] as const;

const TOLD = NOTICES.map(([kind, data], index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  kind,
  data,
  at: '2026-11-27T07:30:00.000Z',
  readAt: index === 0 ? null : SINCE,
}));

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  const { colorScheme, language, width } = look;

  async function openWindow(): Promise<Page> {
    window = await web.window({
      ...look.window,
      locale: language === 'en' ? 'en-GB' : 'zh-CN',
    });
    await window.context.addInitScript(
      (chosen) => localStorage.setItem('tandem-language', chosen),
      language,
    );
    return window.app.page;
  }

  async function lookAt(page: Page, name: string): Promise<void> {
    const at = `${name}-${colorScheme}-${language}-${width}`;
    await expectClean(page, at);
    await shot(page, at);
  }

  it('B12.1 a forgotten password: asking for the mail, and choosing a new one', async () => {
    const page = await openWindow();
    await window.context.clearCookies();
    await window.app.open('/forgot-password');
    await page.locator('[name=email]').waitFor();
    await page.locator('[type=submit]').click();
    await page.locator('[aria-invalid=true]').waitFor();
    await lookAt(page, 'forgot-mistake');
    await page.locator('[name=email]').fill('nobody@aldermoor.example');
    await page.locator('[type=submit]').click();
    await page.locator('[role=status] p').waitFor();
    await lookAt(page, 'forgot-sent');

    await window.app.open('/reset-password#a-link-that-was-used');
    await page.locator('[name=password]').fill('short');
    await page.locator('[type=submit]').click();
    await page.locator('[aria-invalid=true]').waitFor();
    await lookAt(page, 'reset-mistake');
    await page.locator('[name=password]').fill('a whole new password');
    await page.locator('[type=submit]').click();
    await page.locator('[role=alert] p').waitFor();
    await lookAt(page, 'reset-refused');
  });

  it('B13.4 no more of these mails: asked, done, and a link that is none of ours', async () => {
    const page = await openWindow();
    await window.app.open(unsubscribe);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await lookAt(page, 'unsubscribe-ask');
    await page.getByRole('button').click();
    await page.getByRole('status').waitFor();
    await lookAt(page, 'unsubscribe-done');
    await window.app.open('/unsubscribe?t=made.up');
    await lookAt(page, 'unsubscribe-bad');
  });

  it('B13.6 notices of every kind', async () => {
    const page = await openWindow();
    // Troubles are settled by whoever sees that there is none, so they are told here by hand.
    await page.route(/\/api\/v1\/notices(\?|$)/, (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ json: { notices: TOLD, unread: 1, nextCursor: null } })
        : route.continue(),
    );
    await window.app.open('/notices');
    await expect.poll(() => page.locator('main li').count()).toBe(NOTICES.length);
    await lookAt(page, 'notices');
  });
});
