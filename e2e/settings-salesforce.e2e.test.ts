import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { violationsOf } from './support/axe.ts';
import { eventually } from './support/eventually.ts';
import { type Line, lineOf } from './support/line.ts';
import { SALESFORCE_PASSWORD, TOMAS } from './support/stack.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** Settings → Salesforce: what Tandem may do, the team, the map; in both languages, schemes and widths. */

const LOOKS = [
  { colorScheme: 'light', language: 'en', width: 1440 },
  { colorScheme: 'dark', language: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', language: 'en', width: 390 },
  { colorScheme: 'light', language: 'zh-CN', width: 390 },
] as const;
/** An org that has neither of the two standard values. */
const OWN = [
  { value: 'Offen', label: 'Offen', isClosed: false },
  { value: 'Erledigt', label: 'Erledigt', isClosed: true },
];
const PATIENCE_MS = 30_000;

let web: WebStack;
let window: Window;
let page: Page;
let access: Line;

beforeAll(async () => {
  web = await startWebStack({ worker: true });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

async function open(look: (typeof LOOKS)[number] = LOOKS[0]): Promise<void> {
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
  access = await lineOf(page, '**/api/v1/salesforce/access');
  await window.app.open('/settings/salesforce');
  await page.locator('input[name=team]').first().waitFor();
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

async function shot(name: string): Promise<void> {
  const folder = process.env.TANDEM_SHOTS;
  if (!folder) return;
  // The page scrolls inside its frame: a window as tall as the page shows all of it.
  const width = page.viewportSize()?.width ?? 1440;
  await page.setViewportSize({ width, height: 2_400 });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const sql = (text: string, values: unknown[] = []) =>
  web.stack.server.services.db.pool.query(text, values);
const settings = () =>
  web.mara.call<{
    mode: string;
    team: object;
    statusMapConfirmed: boolean;
    newStatuses: unknown[];
  }>('GET', '/api/v1/sync/settings');

it('B6.1 what Tandem may do is asked, and a missing permission is named', async () => {
  await open();
  await page.getByText('Everything it needs: read, create, edit and delete tasks').waitFor();
  access.take((route) =>
    route.fulfill({
      json: {
        checkedAt: '2026-11-24T09:00:00.000Z',
        permissions: [
          { name: 'api', field: null, granted: true },
          { name: 'task_delete', field: null, granted: false },
          { name: 'field_edit', field: 'ActivityDate', granted: false },
        ],
      },
    }),
  );
  await button('Ask again').focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 permissions are missing').waitFor();
  await page.getByText('“Delete” on tasks').waitFor();
  await page.getByText('Edit access to the field ActivityDate').waitFor();
  await expectClean('missing permissions');
  await shot('access-missing');
});

it('B6.1 an admin sees the estimate, switches the team on with the keyboard, and locks it', async () => {
  await open();
  await page.getByText(/about 1,441 API calls on a quiet day and 3,460 on a busy one/).waitFor();
  await page.getByRole('radio', { name: 'Each person chooses' }).focus();
  await page.keyboard.press('ArrowRight');
  const first = page.getByRole('radiogroup', { name: 'What comes in first' });
  await first.getByRole('radio', { name: 'Last 24 hours' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Only admins may choose otherwise').focus();
  await page.keyboard.press('Space');
  await button('Set for the team').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Done; it takes effect at once.').waitFor();
  await page.getByText('An admin has switched sync on for the whole team.').waitFor();
  expect(await web.mara.call('GET', '/api/v1/sync/team')).toMatchObject({ importWindow: '7d' });
  // For who connects later it still holds, so it still shows.
  expect(await first.getByRole('radio', { name: 'Last 7 days' }).isChecked()).toBe(true);
  expect(await settings()).toMatchObject({ mode: 'on', team: { mode: 'on', locked: true } });
  await eventually(
    () => web.mara.call<{ state: string }>('GET', '/api/v1/sync/status'),
    ({ state }) => state === 'in_step',
    PATIENCE_MS,
  );
});

it('Settings → Salesforce is clear to axe in every look', async () => {
  await sql(
    `update tandem.orgs set new_statuses = '[{"value":"Deferred","since":"2026-11-24T08:00:00Z"}]'`,
  );
  for (const look of LOOKS) {
    await open(look);
    await page.locator('[data-stall=new_status]').waitFor();
    await expectClean(JSON.stringify(look));
    await shot(`settings-${look.language}-${look.colorScheme}-${look.width}`);
    await window.context.close();
  }
});

it('B3.4 a new status is said on every page until an admin has decided', async () => {
  await open();
  await page.getByText('Salesforce has a new status: Deferred').waitFor();
  await page.getByLabel('Deferred in Salesforce is here').selectOption('Open');
  await button('Save').click();
  await page.locator('[data-stall=new_status]').waitFor({ state: 'detached' });
  expect(await settings()).toMatchObject({ newStatuses: [], statusMap: { Deferred: 'open' } });
});

it('B3.4 an org without the standard statuses rests until its map is confirmed', async () => {
  await sql('update tandem.orgs set status_map = null, statuses = $1', [JSON.stringify(OWN)]);
  await open();
  await page.getByText('Sync rests. Your move').waitFor();
  await expectClean('map to confirm');
  await shot('map-to-confirm');
  await page.getByLabel('This is what they mean').focus();
  await page.keyboard.press('Space');
  await button('Save').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Sync rests. Your move').waitFor({ state: 'detached' });
  expect((await settings()).statusMapConfirmed).toBe(true);
});

it('B3.4 B10.2 an admin who does not sync confirms the map and sets the rules, and a rep’s sync starts', async () => {
  const admin = (path: string, body: object) => web.mara.call('PUT', `/api/v1/sync/${path}`, body);
  await admin('team', { mode: 'each' });
  await admin('settings', { mode: 'off' });
  const { token } = await web.mara.call<{ token: string }>('POST', '/api/v1/invitations', {
    role: 'rep',
  });
  const tomas = await web.stack.person(TOMAS, 'Tomas Okafor', token);
  await tomas.connect({ username: TOMAS, password: SALESFORCE_PASSWORD });
  await sql('update tandem.orgs set status_map = null, statuses = $1', [JSON.stringify(OWN)]);
  await admin('team', { mode: 'on' });
  const reps = () =>
    tomas.call<{ mode: string; conflictRule: string }>('GET', '/api/v1/sync/settings');
  expect(await reps()).toMatchObject({ mode: 'off', conflictRule: 'latest' });

  await open();
  await page.getByText('holds for everybody of the org, also while you do not sync').waitFor();
  expect(await page.getByRole('radio', { name: /Do not sync/ }).isChecked()).toBe(true);
  await page.getByLabel('Part of the org’s calls, in percent').waitFor();
  await expectClean('an admin who does not sync');
  await shot('admin-mode-off');
  await page.getByRole('radio', { name: 'Tandem wins' }).check({ force: true });
  await page.getByLabel('This is what they mean').check();
  await button('Save').click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect((await settings()).mode).toBe('off');
  expect(await reps()).toMatchObject({ mode: 'on', conflictRule: 'app' });
  await eventually(
    () => tomas.call<{ state: string }>('GET', '/api/v1/sync/status'),
    ({ state }) => state === 'in_step',
    PATIENCE_MS,
  );
});

it('B3.4 an admin without an account of the org is told what it takes to decide', async () => {
  await web.mara.call('DELETE', '/api/v1/salesforce/connection');
  for (const [look, title] of [
    [LOOKS[0], 'Who decides for the whole org?'],
    [LOOKS[3], '整个组织的设置由谁决定？'],
  ] as const) {
    await open(look);
    await page.getByRole('heading', { name: title }).waitFor();
    await expectClean(`not connected, ${look.language}`);
    await shot(`not-connected-${look.language}`);
    await window.context.close();
  }
});
