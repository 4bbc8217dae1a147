/** The whole stack on demo data and a browser before it: what `npm run pictures` takes pictures of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

const DAY_MS = 86_400_000;
const DEMO_PASSWORD = { app: 'tandem-demo', salesforce: 'sandbox1!' };
export const MARA = 'mara@aldermoor.example';
export const LIN_WEI = 'linwei@aldermoor.example';
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

register();
const { createLog, readConfig, startAll } = await import('@tandem/server');
const { launchBrowser } = await import('../../e2e/support/browser.ts');

let stack;
let browser;
const dataDir = mkdtempSync(join(tmpdir(), 'tandem-pictures-'));

export async function openStage() {
  const ports = { TANDEM_PORT: '0', TANDEM_SANDBOX_PORT: '0', TANDEM_DATA_DIR: dataDir };
  stack = await startAll(readConfig(ports), { log: createLog('silent') });
  browser = await launchBrowser();
}

export const urlOf = (path) => new URL(path, stack.url).href;

export async function closeStage() {
  await browser?.close();
  await stack?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Nothing on its way any more, on the server and on the page; before the switch-on there is nothing to wait for. */
export async function settled(page) {
  const { state } = await call(page, 'GET', 'sync/status');
  if (state === 'off') return;
  const view = 'tasks?view=all&limit=1&syncState=';
  await eventually(async () => {
    const status = await call(page, 'GET', 'sync/status');
    const moving = await Promise.all(
      ['sending', 'waiting'].map((one) => call(page, 'GET', view + one)),
    );
    return status.state === 'in_step' && moving.every(({ tasks }) => tasks.length === 0);
  });
  await page.locator('nav [data-tone=calm]').filter({ visible: true }).first().waitFor();
  await page
    .locator('[data-state=sending], [data-state=waiting], [data-tone=moving]')
    .filter({ visible: true })
    .first()
    .waitFor({ state: 'hidden' });
}

/** A browser window that nobody has signed in to. */
export async function openStranger(options, language = 'en') {
  const context = await browser.newContext({
    locale: language === 'en' ? 'en-GB' : language,
    // The demo's days are counted in UTC; elsewhere half of today's work would be yesterday's at some hours.
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  await context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    language,
  );
  return context.newPage();
}

/** A browser window of this person, signed in. */
export async function openWindow(email, options, language) {
  const page = await openStranger(options, language);
  const reply = await page.context().request.post(`${stack.url}/api/auth/sign-in/email`, {
    data: { email, password: DEMO_PASSWORD.app },
    headers: { origin: stack.url },
  });
  if (!reply.ok()) throw new Error(`${email} cannot sign in: ${await reply.text()}`);
  return page;
}

export const visit = async (page, path) => {
  await page.goto(urlOf(path));
  await page.locator('[role=row][aria-selected]').first().waitFor();
};

export async function connect(page, email) {
  await page.goto(urlOf('/settings/salesforce'));
  await page.locator('main section button').first().click();
  await page.locator('#username').fill(email);
  await page.locator('#password').fill(DEMO_PASSWORD.salesforce);
  await page.locator('[name=Login]').click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(/connected/);
  await page.locator('form').first().waitFor();
}

/** A little of a working day on both sides, so that the panel has something to tell. */
export async function workOn(page, language = 'en') {
  const { details, wanted, tasks } = WORDS[language];
  const open = await call(page, 'GET', 'tasks?view=all_open&limit=500&sort=name');
  const task = open.tasks.find(
    (one) => wanted.test(one.name) && one.person && one.sync.salesforceId,
  );
  if (!task) throw new Error(`no task is called ${wanted}`);
  const dueDate = await page.evaluate(() => new Intl.DateTimeFormat('sv-SE').format(new Date()));
  await call(page, 'PATCH', `tasks/${task.id}`, { dueDate });
  await call(page, 'PATCH', `tasks/${task.id}`, { details: `${task.details}\n${details}`.trim() });
  const tomorrow = new Date(Date.parse(dueDate) + DAY_MS).toISOString().slice(0, 10);
  for (const { tomorrow: later, ...fields } of tasks) {
    await call(page, 'POST', 'tasks', { ...fields, dueDate: later ? tomorrow : dueDate });
  }
  await eventually(async () => (await call(page, 'GET', 'sync/status')).state === 'in_step');
  const there = { Status: 'In Progress', Priority: 'Low' };
  await changeInSalesforce(page, task.sync.salesforceId, there);
  await call(page, 'POST', 'sync/now');
  await eventually(async () => {
    const { sync } = await call(page, 'GET', `tasks/${task.id}`);
    return sync.salesforcePriority === 'Low' && sync.state === 'in_step';
  });
  return task;
}

const WORDS = {
  en: {
    wanted: /purchase order/,
    details: 'Pim sends it by Thursday.',
    tasks: [
      { name: 'Walk the second hall with the new scanner', type: 'custom', priority: 'high' },
      { name: 'Call the customs broker about the loan units', type: 'call' },
    ],
  },
  'zh-CN': {
    wanted: /顾远舟/,
    details: '样机周四到，先打电话再过去。',
    tasks: [
      { name: '带新款扫描枪走一遍二号仓库', type: 'custom', priority: 'high' },
      { name: '给报关行打电话，确认借用设备', type: 'call' },
      { name: '把试点第一周的数据发给安澜茶业', type: 'email' },
      { name: '准备下周一的季度回顾', type: 'custom', tomorrow: true },
      { name: '邀请祁总参加客户日', type: 'inmail', tomorrow: true },
      { name: '核对合同里的交货日期', type: 'custom', priority: 'high', tomorrow: true },
    ],
  },
};

export async function openTask(page, { id }) {
  await visit(page, `/?task=${id}`);
  const sides = page.locator('aside table');
  await sides.waitFor();
  await page.locator('aside ol li').first().waitFor();
}

export async function call(page, method, path, body) {
  const reply = await page.request.fetch(`${stack.url}/api/v1/${path}`, {
    method,
    headers: { origin: stack.url },
    ...(method === 'GET' ? {} : { data: body ?? {} }),
  });
  const text = await reply.text();
  if (!reply.ok()) throw new Error(`${method} ${path}: ${reply.status()} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** The org refuses the next new record whose Subject holds these words. */
export async function refuseInSalesforce(words, error) {
  const reply = await fetch(`${stack.sandboxUrl}/__sandbox__/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: 'status',
      status: 200,
      match: { method: 'POST', path: '/composite/sobjects', bodyContains: words },
      body: [{ success: false, errors: [error] }],
    }),
  });
  if (!reply.ok) throw new Error(`Sandbox: ${reply.status} ${await reply.text()}`);
}

/** As another client of the org would. */
async function changeInSalesforce(page, id, fields) {
  const { email } = await call(page, 'GET', 'me');
  const json = { 'content-type': 'application/json' };
  const grant = await fetch(`${stack.sandboxUrl}/__sandbox__/tokens`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ action: 'issue', username: email }),
  });
  const { access_token: token } = await grant.json();
  const reply = await fetch(`${stack.sandboxUrl}/services/data/v62.0/sobjects/Task/${id}`, {
    method: 'PATCH',
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify(fields),
  });
  if (!reply.ok) throw new Error(`Salesforce: ${reply.status} ${await reply.text()}`);
}

/** Half a minute at most: a poll and a turn, with room. */
export async function eventually(done) {
  const end = performance.now() + 30_000;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('this takes too long');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
