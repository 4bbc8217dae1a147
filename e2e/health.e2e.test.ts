import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { violationsOf } from './support/axe.ts';
import { eventually } from './support/eventually.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** The page of health and the banner of a stall: in both languages, schemes and widths. */

const LOOKS = [
  { colorScheme: 'light', language: 'en', width: 1440 },
  { colorScheme: 'dark', language: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', language: 'en', width: 390 },
  { colorScheme: 'light', language: 'zh-CN', width: 390 },
] as const;
const PATIENCE_MS = 30_000;

let web: WebStack;
let window: Window;
let page: Page;
let worker: Awaited<ReturnType<WebStack['stack']['startAnother']>>;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  worker = await web.stack.startAnother({ worker: true });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

async function open(path: string, look: (typeof LOOKS)[number] = LOOKS[0]): Promise<void> {
  window = await web.window({
    colorScheme: look.colorScheme,
    viewport: { width: look.width, height: 900 },
    reducedMotion: 'reduce',
  });
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    look.language,
  );
  page = window.app.page;
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

const sql = (text: string, values: unknown[] = []) =>
  web.stack.server.services.db.pool.query(text, values);

/** A day of work, so that the charts have something to show. */
async function fillDay(): Promise<void> {
  const { rows } = await sql('select workspace_id, connection_id, org_id from tandem.connections');
  const { workspace_id, connection_id, org_id } = rows[0];
  for (let hour = 23; hour >= 1; hour -= 1) {
    const busy = hour % 24 > 8 ? 9 - (hour % 9) : 1;
    const out = [0, busy, 4 * busy, 2 * busy, busy, 1, ...Array(12).fill(0)];
    const into = [0, 0, 0, 0, 0, busy, busy, 3 * busy, 2 * busy, busy, 1, ...Array(7).fill(0)];
    for (const [direction, counts] of [
      ['out', out],
      ['in', into],
    ]) {
      await sql(
        `insert into tandem.lags values ($1, $2, date_trunc('hour', now(), 'UTC')
           - make_interval(hours => $3), $4, $5) on conflict do nothing`,
        [workspace_id, connection_id, hour, direction, counts],
      );
    }
    await sql(
      `insert into tandem.api_calls values ($1, $2, date_trunc('hour', now(), 'UTC')
         - make_interval(hours => $3), $4) on conflict do nothing`,
      [workspace_id, org_id, hour, 20 + 10 * busy],
    );
  }
}

it('B11.6 health says that sync is off before there is anything to measure', async () => {
  await open('/');
  await page.getByRole('link', { name: 'Health' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Sync is off, so there is nothing to measure').waitFor();
  await expectClean('off');
});

it('B11.6 a task that crosses is measured, both ways, and the figures are a table for those who listen', async () => {
  await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  await eventually(
    () => web.mara.call<{ state: string }>('GET', '/api/v1/sync/status'),
    ({ state }) => state === 'in_step',
    PATIENCE_MS,
  );
  await web.mara.call('POST', '/api/v1/tasks', { name: 'Measured' });
  interface Health {
    lag: { out: { count: number; p50Ms: number } };
  }
  const { lag } = await eventually(
    () => web.mara.call<Health>('GET', '/api/v1/sync/health'),
    (health) => health.lag.out.count > 0,
    PATIENCE_MS,
  );
  expect(lag.out.p50Ms).toBeGreaterThan(0);
  expect(lag.out.p50Ms).toBeLessThan(2 * PATIENCE_MS);
  await open('/health');
  const table = page.getByRole('table', { name: 'To Salesforce' });
  await table.waitFor({ state: 'attached' });
  expect(await table.getByRole('row').count()).toBe(2);
  const calls = page.getByRole('table', { name: 'API calls by the hour' });
  expect(await calls.getByRole('row').count()).toBeGreaterThan(1);
  // Nobody listens for change events here, so none has come.
  await page.getByText('None yet').waitFor();
  await page.getByRole('button', { name: 'Compare now' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/\d+ of \d+ agree, checked/).waitFor();
});

it('health is clear to axe in every look', async () => {
  await fillDay();
  for (const look of LOOKS) {
    await open('/health', look);
    await page.getByRole('figure').nth(2).waitFor();
    await expectClean(JSON.stringify(look));
    await shot(`health-${look.language}-${look.colorScheme}-${look.width}`);
    await window.context.close();
  }
});

it('B11.6 B11.8 a stall and a lost sign-in are said on every page, with whose move it is', async () => {
  await worker.close();
  const due = `update tandem.wakes set wake_at = now() - interval '95 seconds'`;
  await sql(due);
  for (const look of LOOKS) {
    await open('/', look);
    const banner = page.locator('[data-stall="worker"]');
    await banner.waitFor();
    expect(await banner.textContent()).toContain(look.language === 'en' ? 'Your move' : '需要你来');
    await expectClean(`stall ${JSON.stringify(look)}`);
    await shot(`stall-${look.language}-${look.colorScheme}-${look.width}`);
    await window.context.close();
  }
  await open('/health');
  await page.locator('[data-stall="worker"]').waitFor();
  await sql(`update tandem.connections set status = 'needs_sign_in', sign_in_needed = true`);
  await page.reload();
  await page.getByRole('link', { name: 'Sign in to Salesforce again' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign in to Salesforce again' }).waitFor();
});

async function shot(name: string): Promise<void> {
  const folder = process.env.TANDEM_SHOTS;
  if (!folder) return;
  // The page scrolls inside its frame: a window as tall as the page shows all of it.
  const width = page.viewportSize()?.width ?? 1440;
  await page.setViewportSize({ width, height: width < 500 ? 2_000 : 1_300 });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
