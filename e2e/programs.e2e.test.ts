import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '@tandem/client';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './support/axe.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** Settings → Programs: tokens, webhooks with their log, CSV; in both languages, schemes and widths. */

const LOOKS = [
  { colorScheme: 'light', language: 'en', width: 1440 },
  { colorScheme: 'dark', language: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', language: 'en', width: 390 },
  { colorScheme: 'light', language: 'zh-CN', width: 390 },
] as const;

let web: WebStack;
let window: Window;
let page: Page;
let receiver: Server;
let hook: string;
const received: { body: string; signature: string }[] = [];
let answer = 204;

beforeAll(async () => {
  web = await startWebStack({ worker: true });
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['tandem-signature']) });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/tandem`;
});
afterAll(async () => {
  receiver?.close();
  await web?.close();
});
afterEach(() => window?.context.close());

async function open(look: (typeof LOOKS)[number] = LOOKS[0]): Promise<void> {
  window = await web.window({
    colorScheme: look.colorScheme,
    viewport: { width: look.width, height: 900 },
    hasTouch: look.width < 500,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    look.language,
  );
  page = window.app.page;
  await window.app.open('/settings/programs');
  await page.locator('form input').first().waitFor();
}

async function expectClean(state: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
  const violations = await violationsOf(page);
  const said = violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))]);
  expect.soft(said, state).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(tooWide, `${state}: pixels to scroll sideways`).toBeLessThanOrEqual(0);
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

it('B9.2 a token is made, shown once, works, and is revoked, with the keyboard alone', async () => {
  await open();
  await page.getByLabel('What is it for?').focus();
  await page.keyboard.type('Nightly report');
  await page.keyboard.press('Enter');
  const box = page.getByRole('region', { name: 'The token for “Nightly report”' });
  await expect.poll(() => box.evaluate((one) => one === document.activeElement)).toBe(true);
  const token = (await box.locator('code').textContent()) ?? '';
  expect(token).toMatch(/^tdm_/);
  const me = () =>
    fetch(new URL('/api/v1/me', web.stack.server.url), {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await me()).status).toBe(200);
  await page.reload();
  await page.getByText('Nightly report').waitFor();
  expect(await page.content()).not.toContain(token);
  await button('Revoke the token “Nightly report”').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  // It puts the focus on its safe answer a moment after it is drawn.
  await dialog.locator(':focus').waitFor();
  await dialog.getByRole('button', { name: 'Revoke' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('No tokens yet.').waitFor();
  expect((await me()).status).toBe(401);
});

it('a webhook is added, tried, seen in the log, sent again, switched off and removed', async () => {
  await open();
  await button('Add webhook').click();
  await page.getByLabel('Name', { exact: true }).fill('Our warehouse');
  await page.getByLabel('Address').fill('nowhere');
  await page.locator('form').getByRole('button', { name: 'Add webhook' }).click();
  await page.getByText('must be an address like').waitFor();
  expect(await page.getByLabel('Address').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Address').fill(hook);
  await page.locator('form').getByRole('button', { name: 'Add webhook' }).click();
  const secret = await page
    .getByRole('region', { name: 'The secret of “Our warehouse”' })
    .locator('code')
    .textContent();

  const card = page.getByRole('region', { name: 'Our warehouse', exact: true });
  await card.getByRole('button', { name: 'Send a test' }).click();
  await card.getByText('Taken (204)').waitFor();
  const [message] = received;
  expect(verifyWebhook(message?.body ?? '', message?.signature, secret ?? '')).toBe(true);
  answer = 503;
  await card.getByRole('button', { name: /^Send “Test”.*again$/ }).click();
  await card.getByText(/^Try 1 failed: answer 503/).waitFor();
  answer = 204;

  await web.mara.call('POST', '/api/v1/tasks', { name: 'Told at once' });
  await card.getByText('Added').waitFor();
  // The log has it as soon as it is to be sent.
  await expect.poll(() => received.some(({ body }) => body.includes('Told at once'))).toBe(true);

  await card.getByRole('button', { name: 'Switch off' }).click();
  await card.getByRole('button', { name: 'Switch on' }).waitFor();
  await card.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nobody is told yet.').waitFor();
});

it('CSV goes out, comes back changed, and a bad row is named with its line', async () => {
  await web.mara.call('POST', '/api/v1/tasks', { name: 'Only in the sheet: 采购' });
  await open();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export all tasks' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tandem-tasks-\d{4}-\d\d-\d\d\.csv$/);
  const path = await download.path();
  const csv = readFileSync(path, 'utf8');
  const choose = async (text: string | Buffer) => {
    writeFileSync(`${path}.csv`, text);
    await page.locator('input[type=file]').setInputFiles(`${path}.csv`);
  };
  await choose(csv);
  await page.getByText('Nothing in it differs from your tasks.').waitFor();
  await choose(csv.replace('Only in the sheet', 'Changed in the sheet'));
  await page.getByText('1 task is changed').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported: 0 added, 1 changed.').waitFor();
  await choose('name,dueDate\nFine,2026-11-24\nBad,24.11.2026\n');
  await page.getByText('1 row of', { exact: false }).waitFor();
  await page.getByText('Line 3').waitFor();
  await choose(Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x0a, 0xb2, 0xc9, 0xb9, 0xba]));
  await page.getByText('is not UTF-8', { exact: false }).waitFor();
  const { tasks } = await web.mara.call<{ tasks: { name: string }[] }>(
    'GET',
    '/api/v1/tasks?view=all&text=in%20the%20sheet',
  );
  expect(tasks).toMatchObject([{ name: 'Changed in the sheet: 采购' }]);
});

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  it('every state of the page is clean to axe and fits', async () => {
    const { pool } = web.stack.server.services.db;
    await open(look);
    await expectClean('empty');
    const made = await web.mara.call<{ id: string }>('POST', '/api/v1/webhooks', {
      name: 'Our warehouse',
      url: hook,
      events: ['task.completed', 'task.reopened'],
    });
    const id = made.id;
    await web.mara.call('POST', '/api/v1/tokens', { name: 'Spreadsheet of the southern team' });
    await web.mara.call('POST', `/api/v1/webhooks/${id}/ping`);
    await expect
      .poll(async () => {
        const log = await web.mara.call<{ deliveries: { state: string }[] }>(
          'GET',
          `/api/v1/webhooks/${id}/deliveries`,
        );
        return log.deliveries[0]?.state;
      })
      .toBe('delivered');
    await page.reload();
    await page.locator('details summary').first().click();
    await page.locator('details li').first().waitFor();
    await page.getByRole('button', { name: /^(Send a test|发送测试)$/ }).waitFor();
    await pool.query(
      `update tandem.webhook_deliveries set state = 'failed', last_fault = 'timeout', last_status = null
       where webhook_id = $1`,
      [id],
    );
    await web.mara.call('POST', `/api/v1/webhooks/${id}/ping`);
    await page.reload();
    await page.locator('details summary').first().click();
    await page.locator('details li').nth(1).waitFor();
    await expectClean('a webhook with its log');
    await page.locator('form input').first().fill('Nightly report');
    await page.keyboard.press('Enter');
    await page.locator('section[tabindex] code').waitFor();
    await page.getByRole('button', { name: /^(Add webhook|添加 Webhook)$/ }).click();
    await page.locator('input[name=every]').nth(1).check({ force: true });
    await page.locator('form [type=submit]').last().click();
    await page.getByRole('alert').locator('p').waitFor();
    await expectClean('a token shown once, and a form with a mistake');
    await pool.query(
      `update tandem.webhooks set state = 'stopped', failures = 30, failing_since = now() where webhook_id = $1`,
      [id],
    );
    await page.locator('input[type=file]').setInputFiles({
      name: 'tasks.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('name,dueDate,priority\nx,24.11.2026,\n,,\nz,,urgent\n'),
    });
    await page.locator('code', { hasText: 'dueDate' }).waitFor();
    const isDate = { en: 'must be a date like 2026-11-24', 'zh-CN': '应为 2026-11-24 这样的日期' };
    await page.getByText(isDate[look.language]).waitFor();
    await expectClean('rows that cannot be taken');
    await page.reload();
    await page.locator('[data-state=stopped]').first().waitFor();
    const link = page.getByRole('link', { name: /A webhook was stopped|有 Webhook 已停止/ });
    await link.waitFor();
    await expectClean('a stopped webhook');
    await page.locator('[data-state=stopped] button').last().click();
    await page.getByRole('dialog').waitFor();
    await expectClean('asked before it is removed');
    await web.mara.call('DELETE', `/api/v1/webhooks/${id}`);
    const { tokens } = await web.mara.call<{ tokens: { id: string }[] }>('GET', '/api/v1/tokens');
    for (const one of tokens) await web.mara.call('DELETE', `/api/v1/tokens/${one.id}`);
  });
});

it('a page that could not be read says so, and is read again', async () => {
  window = await web.window();
  page = window.app.page;
  let broken = true;
  await page.route(/\/api\/v1\/(tokens|webhooks)/, (route) =>
    broken ? route.fulfill({ status: 503, body: '{}' }) : route.continue(),
  );
  await window.app.open('/settings/programs');
  const again = button('Try again');
  // Both sections have given up by themselves.
  await again.nth(1).waitFor();
  broken = false;
  await again.nth(1).click();
  await again.nth(1).waitFor({ state: 'detached' });
  await again.click();
  await page.getByText('No tokens yet.').waitFor();
  await page.getByText('Nobody is told yet.').waitFor();
});
