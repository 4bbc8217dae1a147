import { createMailbox, type Mailbox } from '@tandem/mailbox';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/** A team as it comes to be and works: who comes in, who may what, who looks, who goes. */

const PASSWORD = 'correct-horse-battery';
const TABS_MAX = 90;
const PATIENCE_MS = 30_000;

let mailbox: Mailbox;
let web: WebStack;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  mailbox = await createMailbox();
  web = await startWebStack({
    worker: false,
    mail: { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' },
  });
});
afterAll(async () => {
  await web?.close();
  await mailbox?.close();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

const at = (path: string) => new URL(path, web.stack.server.url).href;

async function maraAt(path: string): Promise<Page> {
  const { context, app } = await web.window();
  contexts.push(context);
  await app.open(path);
  return app.page;
}

/** A window of nobody's. */
async function stranger(options: object = {}): Promise<Page> {
  const context = await web.browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Somebody who came in by an invitation, in a browser of their own. */
async function join(name: string, role: string, options: object = {}): Promise<Page> {
  const { token } = await web.mara.call<{ token: string }>('POST', '/api/v1/invitations', { role });
  const page = await stranger(options);
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@aldermoor.example`;
  const reply = await page.context().request.post(at('/api/auth/invitation/accept'), {
    data: { token, name, email, password: PASSWORD },
    headers: { origin: web.stack.server.url },
  });
  expect(reply.status()).toBe(200);
  return page;
}

async function signIn(email: string): Promise<Page> {
  const page = await stranger();
  const reply = await page.context().request.post(at('/api/auth/sign-in/email'), {
    data: { email, password: PASSWORD },
    headers: { origin: web.stack.server.url },
  });
  expect(reply.status()).toBe(200);
  return page;
}

const addTask = (name: string, more: object = {}) =>
  web.mara.call<{ id: string }>('POST', '/api/v1/tasks', {
    name,
    dueDate: new Intl.DateTimeFormat('sv-SE').format(),
    ...more,
  });

/** By the Tab key alone, as somebody without a mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < TABS_MAX; presses += 1) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent;
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
    });
    if (reached === name) return;
  }
  throw new Error(`Tab does not reach “${name}”.`);
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const said = (page: Page, text: string) => page.getByText(text).first().waitFor();

describe('a team, by the keyboard alone', () => {
  it('B12.1 B12.4 B12.5 invites, gives a role and a task, looks, and parts', async () => {
    await addTask('Ring Osterly about the freezer');
    const mara = await maraAt('/settings/team');
    await mara.getByRole('heading', { name: 'Invitations' }).waitFor();
    await tabTo(mara, 'E-mail');
    await mara.keyboard.type('bo@aldermoor.example');
    await mara.keyboard.press('Enter');
    await said(mara, 'It also went to bo@aldermoor.example.');
    const mail = mailbox.mails().find(({ to }) => to === 'bo@aldermoor.example');
    const link = /http\S+\/join#\S+/.exec(mail?.text ?? '')?.[0] ?? '';

    const bo = await stranger();
    await bo.goto(link);
    await bo.getByRole('button', { name: 'Join' }).waitFor();
    await tabTo(bo, 'Name');
    await bo.keyboard.type('Bo Quint');
    await tabTo(bo, 'Password');
    await bo.keyboard.type(PASSWORD);
    await bo.keyboard.press('Enter');
    await bo.getByRole('heading', { name: 'Command Center' }).waitFor();

    // Without a reload: Mara's page heard of it.
    await mara.getByLabel('Role of Bo Quint').waitFor();
    await tabTo(mara, 'Role of Bo Quint');
    await mara.keyboard.press('ArrowDown');
    await said(mara, 'Bo Quint is now: Manager.');

    await mara.goto(at('/'));
    await row(mara, 'Ring Osterly').waitFor();
    await mara.keyboard.press('j');
    await mara.keyboard.press('a');
    await mara.getByRole('option', { name: /Bo Quint/ }).waitFor();
    await mara.keyboard.type('bo q');
    await mara.keyboard.press('Enter');
    await said(mara, 'Bo Quint has 1 task more.');
    await row(mara, 'Ring Osterly').waitFor({ state: 'detached' });
    await mara.keyboard.press('z');
    await row(mara, 'Ring Osterly').waitFor();
    await mara.keyboard.press('j');
    await mara.keyboard.press('a');
    await mara.getByRole('option', { name: /Bo Quint/ }).waitFor();
    await mara.keyboard.type('bo q');
    await mara.keyboard.press('Enter');
    await row(mara, 'Ring Osterly').waitFor({ state: 'detached' });
    await row(bo, 'Ring Osterly').waitFor();

    await mara.goto(at('/settings/team'));
    await mara.getByRole('link', { name: 'See the tasks of Bo Quint' }).waitFor();
    await tabTo(mara, 'See the tasks of Bo Quint');
    await mara.keyboard.press('Enter');
    await mara.getByText('You are looking at the tasks of Bo Quint').waitFor();
    await row(mara, 'Ring Osterly').waitFor();
    await mara.keyboard.press('Escape');
    await mara.getByText('You are looking at').waitFor({ state: 'detached' });
    await row(mara, 'Ring Osterly').waitFor({ state: 'detached' });

    await mara.goto(at('/settings/team'));
    await mara.getByRole('button', { name: 'Remove Bo Quint' }).waitFor();
    await tabTo(mara, 'Remove Bo Quint');
    await mara.keyboard.press('Enter');
    // It takes the focus a moment after it is drawn, from wherever Tab has led by then.
    await mara.getByRole('dialog').locator(':focus').waitFor();
    await tabTo(mara, 'Remove');
    await mara.keyboard.press('Enter');
    await said(mara, 'Bo Quint was removed.');
    // Out at once: the page that Bo had open asks again and is told, without a reload.
    await bo.keyboard.press('2');
    await said(bo, 'Your session has ended.');
    await bo.goto(at('/'));
    await bo.getByRole('button', { name: 'Sign in' }).waitFor();

    await mara.getByLabel('Give the open tasks of Bo Quint to').waitFor();
    await tabTo(mara, 'Give the open tasks of Bo Quint to');
    await mara.keyboard.press('ArrowDown');
    await tabTo(mara, 'Give');
    await mara.keyboard.press('Enter');
    await said(mara, 'has 1 task more.');

    await mara.goto(at('/settings/audit'));
    await mara.getByRole('heading', { name: 'Audit log' }).waitFor();
    await mara.getByRole('cell', { name: /Gave tasks/ }).waitFor();
    // Who was given tasks is named by the list of members, which may answer after the log.
    const log = () => mara.getByRole('table').textContent();
    for (const entry of [
      'Made an invitationrole: Rep',
      'Bo QuintJoinedrole: Rep',
      'Changed a role Bo QuintRep → Manager',
      'Looked at the tasks of Bo Quint',
      'Removed a member Bo Quintrole: Manager',
      'Gave tasks to somebody else Bo Quint1 task to Mara Lindqvist',
    ]) {
      await expect.poll(log).toContain(entry);
    }
  });
});

describe('tasks for others', () => {
  it('B12.1 go to a colleague from the bar of many and from the composer, and come back', async () => {
    const tomas = await join('Tomas Okafor', 'rep');
    await tomas.goto(at('/'));
    for (const name of ['Send Marlow the offer', 'Visit Tennant']) await addTask(name);
    const mara = await maraAt('/');
    for (const name of ['Send Marlow the offer', 'Visit Tennant']) {
      await mara.getByRole('checkbox', { name: `Select “${name}”` }).check();
    }
    await mara.getByRole('toolbar').getByRole('button', { name: 'Assign' }).click();
    await mara.getByRole('option', { name: /Tomas Okafor/ }).click();
    await said(mara, 'Tomas Okafor has 2 tasks more.');
    // It stays under the pointer until Tomas has them.
    await mara.getByRole('button', { name: 'Undo' }).hover();
    await row(tomas, 'Send Marlow the offer').waitFor();
    await row(tomas, 'Visit Tennant').waitFor();
    await mara.getByRole('button', { name: 'Undo' }).click();
    await row(mara, 'Visit Tennant').waitFor();
    await row(tomas, 'Visit Tennant').waitFor({ state: 'detached' });

    await mara.keyboard.press('c');
    await mara.getByLabel('Name of the new task').fill('Count the pallets');
    await mara.getByRole('button', { name: 'Assigned to: Mara Lindqvist' }).click();
    await mara.getByRole('menuitemradio', { name: 'Tomas Okafor' }).click();
    await mara.getByRole('button', { name: 'Add', exact: true }).click();
    await said(mara, 'Added “Count the pallets” for Tomas Okafor.');
    await row(tomas, 'Count the pallets').waitFor();

    // A rep gives tasks to nobody, so it is not offered: no key, no choice.
    await row(tomas, 'Count the pallets').click();
    const panel = tomas.getByRole('complementary', { name: 'Task' });
    expect(await panel.getByLabel('Owner').isDisabled()).toBe(true);
    await tomas.keyboard.press('Escape');
    await tomas.keyboard.press('a');
    await tomas.keyboard.press('c');
    await tomas.getByLabel('Name of the new task').waitFor();
    expect(await tomas.getByRole('button', { name: /^Assigned to/ }).count()).toBe(0);
    expect(await tomas.getByRole('dialog').count()).toBe(0);
  });
});

describe('looking at the tasks of somebody', () => {
  it('B12.5 offers nothing that would change them, and the server refuses what is tried anyway', async () => {
    const rosa = await join('Rosa Lind', 'rep');
    await rosa.goto(at('/'));
    await rosa.getByRole('button', { name: 'Add task' }).first().waitFor();
    const { userId } = await rosa.evaluate(async () => (await fetch('/api/v1/me')).json());
    const { id } = await addTask('Order the labels', { ownerId: userId });
    const mara = await maraAt(`/?as=${userId}`);
    await mara.getByText('You are looking at the tasks of Rosa Lind').waitFor();
    const label = row(mara, 'Order the labels');
    await label.waitFor();
    const writes: string[] = [];
    mara.on('request', (request) => {
      if (request.method() !== 'GET') writes.push(`${request.method()} ${request.url()}`);
    });

    expect(await mara.getByRole('button', { name: 'Add task' }).count()).toBe(0);
    expect(await label.getByRole('checkbox').isDisabled()).toBe(true);
    expect(await label.getByRole('button', { name: /^Complete/ }).isDisabled()).toBe(true);
    await mara.keyboard.press('j');
    for (const key of ['x', 'e', ' ', 'p', 'd', 't', 'm', 'n', ']', 'a', '#', 'c', 'z']) {
      await mara.keyboard.press(key);
    }
    await mara.keyboard.press('Control+a');
    expect(await mara.getByRole('toolbar').count()).toBe(0);
    expect(await mara.getByLabel('Name of the new task').count()).toBe(0);
    await mara.keyboard.press('Control+k');
    await mara.getByRole('option', { name: /^Open/ }).first().waitFor();
    for (const name of [
      /^Complete(?!d)/,
      /^Delete/,
      /^Add task/,
      /^Assign/,
      /^Edit name/,
      /^Undo/,
    ]) {
      expect(await mara.getByRole('option', { name }).count()).toBe(0);
    }
    await mara.keyboard.press('Escape');
    await label.click();
    const panel = mara.getByRole('complementary', { name: 'Task' });
    await panel.getByLabel('Details').waitFor();
    for (const field of ['Details', 'Priority', 'Owner']) {
      expect(await panel.getByLabel(field).isDisabled()).toBe(true);
    }
    expect(await panel.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    expect(writes).toEqual([]);

    const refused = await mara.evaluate(
      async ([task, as]) => {
        const reply = await fetch(`/api/v1/tasks/${task}?as=${as}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'Not hers' }),
        });
        return { status: reply.status, code: (await reply.json()).code };
      },
      [id, userId],
    );
    expect(refused).toEqual({ status: 403, code: 'view_only' });

    await mara.keyboard.press('Escape');
    await mara.getByRole('link', { name: 'Back to your own' }).click();
    await mara.getByRole('button', { name: 'Add task' }).first().waitFor();
    await mara.getByText('You are looking at').waitFor({ state: 'detached' });
  });
});

describe('one’s own account', () => {
  it('B12.6 lists where one is signed in, ends one session, and a new password ends all others', async () => {
    const here = await join('Ines Falk', 'rep');
    const there = await signIn('ines.falk@aldermoor.example');
    await there.goto(at('/'));
    await there.getByRole('heading', { name: 'Command Center' }).waitFor();
    await here.goto(at('/settings/account'));
    const sessions = here.getByRole('listitem').filter({ hasText: 'last seen' });
    await eventually(
      () => sessions.count(),
      (count) => count === 2,
      PATIENCE_MS,
    );
    await here.getByRole('button', { name: /^Sign out .+ on / }).click();
    await said(here, '1 session ended.');
    await there.goto(at('/'));
    await there.getByRole('button', { name: 'Sign in' }).waitFor();

    const again = await signIn('ines.falk@aldermoor.example');
    await here.getByLabel('Current password').fill('not-her-password');
    await here.getByLabel('New password').fill('another-long-password');
    await here.getByRole('button', { name: 'Change password' }).click();
    await said(here, 'This is not your password.');
    await here.getByLabel('Current password').fill(PASSWORD);
    await here.getByRole('button', { name: 'Change password' }).click();
    await said(here, 'Changed. All other sessions have ended.');
    await again.goto(at('/'));
    await again.getByRole('button', { name: 'Sign in' }).waitFor();
    await here.goto(at('/'));
    await here.getByRole('heading', { name: 'Command Center' }).waitFor();
  });
});

describe.each(LOOKS)(
  '$colorScheme, $language, $width px',
  ({ colorScheme, language, width, window }) => {
    it('B12.1 B12.4 B12.5 B12.6 the pages of the team are clean', async () => {
      const name = `Look ${colorScheme} ${width}`;
      const person = await join(name, 'rep', window);
      await person.goto(at('/'));
      await person.locator('h1').first().waitFor();
      const { userId } = await person.evaluate(async () => (await fetch('/api/v1/me')).json());
      await addTask('Order the labels', { ownerId: userId });
      const { context, app } = await web.window(window);
      contexts.push(context);
      await context.addInitScript(
        (chosen) => localStorage.setItem('tandem-language', chosen),
        language,
      );
      const { page } = app;
      await app.open('/settings/team');
      await page.locator('input[type=email]').fill('refused@nobody.invalid');
      await page.keyboard.press('Enter');
      await page.locator('code').waitFor();
      await expectClean(page, 'team, with a link that the mail server did not take');
      await app.open('/settings/account');
      await page.locator('main li').first().waitFor();
      await expectClean(page, 'account');
      await app.open('/settings/audit');
      await page.locator('td').first().waitFor();
      await expectClean(page, 'audit log');
      expect(await page.locator('table').textContent()).not.toMatch(/[a-z]_[a-z]|audit\./);
      await app.open(`/?as=${userId}`);
      await row(page, 'Order the labels').waitFor();
      await expectClean(page, 'the tasks of somebody else');

      const { token } = await web.mara.call<{ token: string }>('POST', '/api/v1/invitations', {
        role: 'manager',
      });
      const guest = await stranger(window);
      await guest.addInitScript(
        (chosen) => localStorage.setItem('tandem-language', chosen),
        language,
      );
      await guest.goto(at(`/join#${token}`));
      await guest.locator('input[name=password]').waitFor();
      await expectClean(guest, 'join');
    });
  },
);
