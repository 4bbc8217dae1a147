import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { AppPages, SalesforcePages } from './support/pages.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';

/**
 * The whole story as a rep lives it, in a real browser against the real stack: sign in, connect through
 * Salesforce's own pages, preview, Save, watch the import, then work on each side and see it on the other.
 * Twice in a row, each time from nothing.
 */

const POLL_IDLE_MS = 60_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(['first', 'second'])('the story, for the %s time', (time) => {
  let stack: Stack;
  let context: BrowserContext;
  let app: AppPages;

  beforeEach(async () => {
    stack = await startStack({ worker: true, web: true });
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    app = new AppPages(await context.newPage(), stack.server.url);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      mkdirSync('test-results', { recursive: true });
      for (const [index, page] of context.pages().entries()) {
        await page.screenshot({ path: `test-results/story-${time}-${index}.png` });
      }
    }
    await context.close();
    await stack.close();
  });

  it('B3.2 B4.1 B5.4 B6.2 B6.6 B8.1 B8.2 tasks cross in both directions, and what one side has no word for stays', async () => {
    const person = await stack.person(MARA, 'Mara Lindqvist');
    await app.signIn(MARA, person.password);

    // Connect through Salesforce's own pages.
    await app.open('/settings/salesforce');
    await app.page.getByRole('button', { name: 'Connect Salesforce' }).click();
    await app.page.locator('#username').fill(MARA);
    await app.page.locator('#password').fill(SALESFORCE_PASSWORD);
    await app.page.locator('[name=Login]').click();
    await app.page.getByRole('button', { name: 'Allow' }).click();
    await app.page.getByText('Connected. Now choose what Tandem should do.').waitFor();

    // B6.2 preview, then Save: what was promised is what happens.
    await app.page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
    await app.page.getByRole('button', { name: 'Preview' }).click();
    const promised = await app.page.getByText(/^\d+ come in$/).textContent();
    const count = Number.parseInt(promised ?? '', 10);
    expect(count).toBeGreaterThan(20);
    await app.page.getByRole('button', { name: 'Save' }).click();
    await app.page.getByText(`Done: ${count} in`).waitFor();

    const sf = await SalesforcePages.open(context, stack.sandbox.url);

    // B8.1 from the app to Salesforce: create, edit, complete, reopen, delete.
    await app.open('/');
    await app.addTask('Ring the harbour office');
    await app.inStep('Ring the harbour office');
    await sf.find('Ring the harbour office');
    expect(await sf.value('Status').textContent()).toContain('Not Started');

    const panel = await app.openTask('Ring the harbour office');
    await app.edit(panel, 'Details', 'Ask for berth 12');
    await sf.page.getByText('Ask for berth 12').waitFor();
    await app
      .row('Ring the harbour office')
      .getByRole('button', { name: /^Complete/ })
      .click();
    await sf.page.getByRole('button', { name: 'Reopen' }).waitFor();
    expect(await sf.value('Status').textContent()).toContain('Completed');
    await app.open('/?view=completed');
    await app
      .row('Ring the harbour office')
      .getByRole('button', { name: /^Reopen/ })
      .click();
    await sf.page.getByRole('button', { name: 'Mark Complete' }).waitFor();

    // B5.4: with {{activity_subject}} in the template a name edit reaches Subject …
    await app.open('/?view=today');
    const named = await app.openTask('Ring the harbour office');
    await app.edit(named, 'Name', 'Ring the harbour master');
    await sf.page.getByRole('heading', { name: 'Ring the harbour master' }).waitFor();
    // … and an edit of Subject in Salesforce never changes the name here.
    await sf.edit({ Subject: 'Harbour: call back', Comments: 'Berth 12 is taken' });
    await app.lookNow();
    await named.getByLabel('Details').filter({ hasText: 'Berth 12 is taken' }).waitFor();
    expect(await named.getByLabel('Name', { exact: true }).inputValue()).toBe(
      'Ring the harbour master',
    );
    // … nor is it undone by an edit of something else.
    await app.edit(named, 'Details', 'Berth 14 then');
    await sf.page.getByText('Berth 14 then').waitFor();
    await sf.page.getByRole('heading', { name: 'Harbour: call back' }).waitFor();

    // B3.2, B4.1: an edit of details leaves In Progress and Low untouched.
    await sf.edit({ Status: 'In Progress', Priority: 'Low' });
    await app.lookNow();
    await named.getByText('In Progress in Salesforce').waitFor();
    await app.edit(named, 'Details', 'Berth 14, confirmed');
    await sf.page.getByText('Berth 14, confirmed').waitFor();
    expect(await sf.value('Status').textContent()).toContain('In Progress');
    expect(await sf.value('Priority').textContent()).toContain('Low');

    // Without {{activity_subject}} a name edit stays here.
    await app.open('/settings/activity-details');
    await app.page.getByLabel('Subject in Salesforce').fill('[Tandem] {{activity_type}}');
    await app.page.getByText('[Tandem] Custom').first().waitFor();
    const stored = app.page.waitForResponse((reply) => reply.request().method() === 'PUT');
    await app.page.getByRole('button', { name: 'Save' }).click();
    expect((await stored).status()).toBe(200);
    await app.open('/?view=today');
    const unsent = await app.openTask('Ring the harbour master');
    await app.edit(unsent, 'Name', 'Ring the pilot');
    await app.edit(unsent, 'Details', 'Pilot at seven');
    await sf.page.getByText('Pilot at seven').waitFor();
    await sf.page.getByRole('heading', { name: 'Harbour: call back' }).waitFor();

    await app.page.keyboard.press('Escape');
    await app.row('Ring the pilot').press('#');
    await sf.page.getByRole('button', { name: 'Undelete' }).waitFor();

    // B8.2 from Salesforce to the app: create, edit, complete, reopen, delete, undelete.
    const today = await app.page.evaluate(() =>
      new Intl.DateTimeFormat('sv-SE').format(new Date()),
    );
    await sf.create({ Subject: 'Send the tide tables', 'Due Date': today, Comments: 'By post' });
    // By the ordinary poll, without reload: where nothing happens for a while it comes once a minute.
    await app.row('Send the tide tables').waitFor({ timeout: 2 * POLL_IDLE_MS });
    await sf.edit({ Comments: 'By courier', Priority: 'High' });
    const theirs = await app.openTask('Send the tide tables');
    await app.lookNow();
    await theirs.getByLabel('Details').filter({ hasText: 'By courier' }).waitFor();
    await sf.press('Mark Complete');
    await app.lookNow();
    await app.page
      .getByRole('row')
      .filter({ hasText: 'Send the tide tables' })
      .getByRole('button', { name: /^Reopen/ })
      .or(theirs.getByRole('button', { name: /^Reopen/ }))
      .first()
      .waitFor();
    await sf.press('Reopen');
    await app.lookNow();
    await app
      .row('Send the tide tables')
      .getByRole('button', { name: /^Complete/ })
      .waitFor();
    await sf.press('Delete');
    await app.lookNow();
    await app.row('Send the tide tables').waitFor({ state: 'detached' });
    await app.open('/?view=trash');
    await app.row('Send the tide tables').waitFor();
    await sf.find('Send the tide tables', 'bin');
    await sf.press('Undelete');
    await app.lookNow();
    await app.open('/?view=today');
    await app.row('Send the tide tables').waitFor();
  });
});
