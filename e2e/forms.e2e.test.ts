import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { lineOf } from './support/line.ts';
import { MARA } from './support/stack.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/**
 * Bad input to each form: the error stands beside the field and names it, what was typed is still there,
 * and the server's state is as before.
 */

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

/** What a screen reader says with the field: the text that `aria-describedby` or `aria-errormessage` points to. */
async function saidBeside(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    ['aria-describedby', 'aria-errormessage']
      .flatMap((name) => element.getAttribute(name)?.split(' ') ?? [])
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
}

async function expectRefused(field: Locator, typed: string, says: RegExp): Promise<void> {
  await expect.poll(() => saidBeside(field)).toMatch(says);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.inputValue()).toBe(typed);
}

async function make(fields: { name: string } & Partial<AppTask>): Promise<AppTask> {
  return web.mara.call<AppTask>('POST', '/api/v1/tasks', { dueDate: today(), ...fields });
}

async function stored({ id }: AppTask): Promise<AppTask> {
  return web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);
}

/** The test's browser lives in the machine's zone. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}

describe('B12.3 before the door', () => {
  beforeEach(() => window.context.clearCookies());

  it.each([
    ['', 'right password', 'E-mail', /Enter your e-mail/],
    ['not an address', 'right password', 'E-mail', /does not look like an e-mail/],
    [MARA, '', 'Password', /Enter your password/],
  ])('sign in with e-mail "%s" and password "%s"', async (email, password, field, says) => {
    await window.app.open('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const bad = page.getByLabel(field, { exact: true });
    await expectRefused(bad, field === 'E-mail' ? email : password, says);
    expect(await bad.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(password);
  });

  it('sign in with a wrong password keeps both fields and does not say which one it was', async () => {
    await window.app.open('/sign-in');
    await page.getByLabel('E-mail').fill(MARA);
    await page.getByLabel('Password', { exact: true }).fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('E-mail and password do not match').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(MARA);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(
      'a wrong password',
    );
  });

  it.each([
    ['no name', { Name: '' }, 'Name', /Enter your name/],
    ['a name too long', { Name: 'x'.repeat(201) }, 'Name', /at most 200 characters/],
    ['half an address', { 'E-mail': 'jo@nowhere' }, 'E-mail', /does not look like an e-mail/],
    ['a known address', { 'E-mail': MARA }, 'E-mail', /already an account/],
    ['a short password', { Password: 'short' }, 'Password', /at least 8 characters/],
    ['a long password', { Password: 'x'.repeat(129) }, 'Password', /at most 128 characters/],
  ])('sign up with %s', async (_, wrong, field, says) => {
    const fields = {
      Name: 'Jo Marchbank',
      'E-mail': 'jo@aldermoor.example',
      Password: 'a long password',
      ...wrong,
    };
    await window.app.open('/sign-up');
    for (const [label, text] of Object.entries(fields)) {
      await page.getByLabel(label, { exact: true }).fill(text);
    }
    await page.getByRole('button', { name: 'Create account' }).click();
    await expectRefused(
      page.getByLabel(field, { exact: true }),
      fields[field as keyof typeof fields],
      says,
    );
    for (const [label, text] of Object.entries(fields)) {
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text);
    }
    expect(new URL(page.url()).pathname).toBe('/sign-up');
  });
});

describe('the Command Center', () => {
  it.each([
    ['only of spaces', '   ', /Give the task a name/],
    ['too long', 'x'.repeat(256), /at most 255 characters; this one has 256/],
  ])('add task: a name %s', async (_, typed, says) => {
    const before = await allTasks(web.mara);
    await window.app.open('/');
    await window.app.addButton.click();
    const name = page.getByLabel('Name of the new task');
    await name.fill(typed);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expectRefused(name, typed, says);
    expect(await allTasks(web.mara)).toHaveLength(before.length);
  });

  it('edit in place: a name that is too long stays open as typed, also when the row is left', async () => {
    const task = await make({ name: 'Call the sawmill' });
    await window.app.open('/');
    await window.app.row('Call the sawmill').focus();
    await page.keyboard.press('e');
    const name = page.getByRole('row').getByLabel('Name', { exact: true });
    await name.fill('y'.repeat(300));
    await name.press('Enter');
    await expectRefused(name, 'y'.repeat(300), /at most 255 characters; this one has 300/);
    await page.getByRole('heading', { name: 'Command Center' }).click();
    await expectRefused(name, 'y'.repeat(300), /at most 255 characters; this one has 300/);
    await name.fill('');
    await name.press('Enter');
    await expectRefused(name, '', /Give the task a name/);
    expect((await stored(task)).name).toBe('Call the sawmill');
  });

  it.each([
    ['Name', 'too long', 'n'.repeat(256), /at most 255 characters; this one has 256/],
    ['Name', 'empty', ' ', /Give the task a name/],
    ['Details', 'too long', 'd'.repeat(32_001), /at most 32,000 characters.* 32,001/],
    ['Campaign', 'too long', 'c'.repeat(256), /at most 255 characters.* 256/],
    ['Day', 'a word', 'soon', /whole number from 1 to 1000/],
    ['Day', 'too small', '0', /whole number from 1 to 1000/],
    ['Day', 'too large', '1001', /whole number from 1 to 1000/],
    ['Step', 'not whole', '2.5', /whole number from 1 to 1000/],
    ['Call outcome', 'too long', 'o'.repeat(256), /at most 255 characters.* 256/],
    ['Call reason', 'too long', 'r'.repeat(256), /at most 255 characters.* 256/],
  ])('panel: %s, %s', async (label, wrong, typed, says) => {
    const task = await make({
      name: `Panel: ${label}, ${wrong}`,
      details: 'as it was',
      campaign: { name: 'Autumn', day: 3, step: 1 },
    });
    await window.app.open(`/?task=${task.id}`);
    const panel = page.getByRole('complementary', { name: 'Task' });
    const field = panel.getByLabel(label, { exact: true });
    await field.fill(typed);
    await field.blur();
    await expectRefused(field, typed, says);
    expect(await saidBeside(field)).toContain('Not saved');
    // Leaving and coming back loses nothing either.
    await panel.getByRole('button', { name: 'Close panel' }).click();
    await panel.waitFor({ state: 'detached' });
    await window.app.row(task.name).click();
    await expectRefused(field, typed, says);
    expect(await stored(task)).toEqual(task);
    await panel.getByRole('button', { name: 'Discard' }).click();
    expect(await field.inputValue()).not.toBe(typed);
  });

  it.each(['in the row', 'in the panel'])('typed date, %s', async (where) => {
    const task = await make({ name: `Typed date ${where}` });
    await window.app.open(where === 'in the row' ? '/' : `/?task=${task.id}`);
    if (where === 'in the row') {
      await window.app.row(task.name).focus();
      await page.keyboard.press('d');
    } else {
      const panel = page.getByRole('complementary', { name: 'Task' });
      await panel.getByRole('button', { name: /^Due date/ }).click();
    }
    const typed = page.getByLabel('Type a date: tomorrow, fri, 24 nov');
    for (const text of ['31 feb', '2026-13-01', 'whenever', '30 nov 20266', '0 dec']) {
      await typed.fill(text);
      await typed.press('Enter');
      await expectRefused(typed, text, /Not a date Tandem understands/);
    }
    expect(await stored(task)).toEqual(task);
  });

  it('range: an end before its beginning, and half a date', async () => {
    await window.app.open('/?view=range&from=2026-11-24&to=2026-11-26');
    const from = page.getByLabel('From');
    const to = page.getByLabel('To', { exact: true });
    await to.fill('2026-11-20');
    await expectRefused(to, '2026-11-20', /last day is before the first/);
    expect(await from.inputValue()).toBe('2026-11-24');
    await to.fill('2026-11-30');
    await expect.poll(() => to.getAttribute('aria-invalid')).not.toBe('true');
    await from.focus();
    // Half a date: whichever part stands first in this browser is gone.
    await page.keyboard.press('Backspace');
    await from.blur();
    await expect.poll(() => saidBeside(from)).toMatch(/Not a date of the calendar/);
    expect(await from.evaluate((input: HTMLInputElement) => input.validity.badInput)).toBe(true);
  });
});

describe('Settings', () => {
  it.each([
    ['an unknown field', 'Re: {{activity_topic}}', /activity_topic.*5/],
    ['an open brace', '{{activity_subject', /braces?.*1/i],
    ['too long', 'x'.repeat(1001), /1,000.*1,001|1,001.*1,000/],
  ])('B5.2 template: %s', async (_, typed, says) => {
    const before = await web.mara.call('GET', '/api/v1/template');
    await window.app.open('/settings/activity-details');
    const field = page.getByLabel('Subject in Salesforce');
    await field.fill(typed);
    await expectRefused(field, typed, says);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await web.mara.call('GET', '/api/v1/template')).toEqual(before);
  });

  it('B3.4 Salesforce: what no status stands for is named beside the map, and Save waits for it', async () => {
    await window.app.open('/settings/salesforce');
    await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
    const completed = page.getByLabel('Completed in Salesforce is here');
    await completed.selectOption('Do not sync');
    const said = page.getByText('No status stands for “Complete”.');
    await said.waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await completed.selectOption('Complete');
    await said.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
  });

  it('Salesforce: a refused Save keeps every choice and names what was wrong', async () => {
    const line = await lineOf(page, '**/api/v1/sync/settings');
    await window.app.open('/settings/salesforce');
    await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
    await page.getByRole('radio', { name: 'Last 7 days' }).check({ force: true });
    await page.getByRole('radio', { name: 'Tandem wins' }).check({ force: true });
    await page.getByLabel('Deferred in Salesforce is here').selectOption('Open');
    // A form can only send what it offers, so the request is spoilt on its way; the answer is the server's own.
    line.take((route) =>
      route.request().method() === 'PUT'
        ? route.continue({ postData: JSON.stringify({ mode: 'on', importWindow: 'forever' }) })
        : route.continue(),
    );
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('status')
      .getByText(/not valid.*importWindow/)
      .waitFor();
    expect(await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).isChecked()).toBe(
      true,
    );
    expect(await page.getByRole('radio', { name: 'Last 7 days' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Tandem wins' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Deferred in Salesforce is here').inputValue()).toBe('open');
    const { mode } = await web.mara.call<{ mode: string }>('GET', '/api/v1/sync/settings');
    expect(mode).toBe('off');
  });
});

describe('the sandbox', () => {
  async function logIn(username: string, password: string): Promise<void> {
    await page.goto(web.stack.sandbox.url);
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(password);
    await page.locator('[name=Login]').click();
  }

  it('login: an empty field is named, a wrong password leaves the username', async () => {
    await logIn('', 'sandbox1!');
    const username = page.locator('#username');
    expect(await username.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(
      true,
    );
    expect(await page.locator('#password').inputValue()).toBe('sandbox1!');
    await logIn(MARA, 'not the password');
    await page
      .getByRole('alert')
      .getByText(/do not belong together/)
      .waitFor();
    expect(await username.inputValue()).toBe(MARA);
  });

  it('task form: each refusal stands at its field, everything typed is there, nothing is saved', async () => {
    const jsforce = await web.stack.jsforce(MARA);
    const tasks = async () => (await jsforce.query('SELECT Id FROM Task')).totalSize;
    await logIn(MARA, 'sandbox1!');
    await page.waitForURL(/Task\/list/);
    const before = await tasks();
    await page.goto(`${web.stack.sandbox.url}/lightning/o/Task/new`);
    const subject = page.getByLabel('Subject', { exact: true });
    const comments = page.getByLabel('Comments', { exact: true });
    const due = page.getByLabel('Due Date', { exact: true });
    await subject.fill('s'.repeat(256));
    await comments.fill('c'.repeat(32_001));
    await page.getByLabel('Priority', { exact: true }).selectOption('Low');
    await due.fill('2026-12-01');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('The task was not saved.').waitFor();
    await expectRefused(subject, 's'.repeat(256), /Subject: data value too large.*255/s);
    expect(await comments.inputValue()).toBe('c'.repeat(32_001));
    await subject.fill('short now');
    await page.getByRole('button', { name: 'Save' }).click();
    // The answer is a new page; the former one names both fields, and what is typed there is lost.
    await expect.poll(() => subject.getAttribute('aria-invalid')).toBeNull();
    await expectRefused(comments, 'c'.repeat(32_001), /data value too large.*32000/s);
    expect(await subject.inputValue()).toBe('short now');
    expect(await page.getByLabel('Priority', { exact: true }).inputValue()).toBe('Low');
    expect(await due.inputValue()).toBe('2026-12-01');

    await comments.fill('short too');
    await due.focus();
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await due.evaluate((input: HTMLInputElement) => input.validity.badInput)).toBe(true);
    expect(await subject.inputValue()).toBe('short now');
    expect(await tasks()).toBe(before);
  });
});
