import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { everyRow } from './support/jsforce.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { shot } from './support/shots.ts';
import { MARA } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B11.5 as a person meets it: much was deleted on one side, nothing follows, and a question stands on the page. */

const COUNT = 24;
const HALF = COUNT / 2;
/** More stops of Tab than lie before the question. */
const TABS_MAX = 60;

let web: WebStack;
let window: Window;
let turn: Turn;
let ids: string[];

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const jsforce = await web.stack.jsforce(MARA);
  const demo = await jsforce.query<{ Id: string }>(
    `SELECT Id FROM Task WHERE Owner.Username = '${MARA}'`,
  );
  await jsforce.sobject('Task').destroy(demo.records.map(({ Id }) => Id));
  const made = await jsforce
    .sobject('Task')
    .create(Array.from({ length: COUNT }, (_, n) => ({ Subject: `Visit ${n + 1}` })));
  ids = made.map(({ id }) => id ?? '');
  await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: 'all_open' });
  const { userId } = await web.mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  await turn();
  expect(await brake()).toMatchObject({ linked: COUNT, brake: null });
  await jsforce.sobject('Task').destroy(ids.slice(0, HALF));
  await turn({ pollNow: true });
  expect(await brake()).toMatchObject({ brake: { toTrash: HALF, toDelete: 0, links: COUNT } });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

const brake = () =>
  web.mara.call<{ linked: number; brake: object | null }>('GET', '/api/v1/sync/status');
const question = (page: Page) => page.locator('section[aria-labelledby=brake-question]');

/** Tab from the beginning of the page, as somebody does who has no mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.waitFor();
  for (let stops = 0; stops < TABS_MAX; stops += 1) {
    if (await button.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach “${name}”.`);
}

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  it('B11.5 the question stands on the list and in the settings, and is clear to axe', async () => {
    window = await web.window(look.window);
    await window.context.addInitScript(
      (chosen) => localStorage.setItem('tandem-language', chosen),
      look.language,
    );
    const { page } = window.app;
    for (const path of ['/', '/settings/salesforce']) {
      await window.app.open(path);
      await question(page).getByText(`${COUNT}`).waitFor();
      const name = `brake-${look.colorScheme}-${look.language}-${look.width}${path.slice(0, 9).replaceAll('/', '-')}`;
      await expectClean(page, name);
      await shot(page, name);
    }
  });
});

it('B11.1 a task whose deletion waits leads to the question', async () => {
  const held = (await allTasks(web.mara)).find(({ sync }) => sync.reason === 'deletion_waits');
  window = await web.window();
  const { page } = window.app;
  await window.app.open(`/tasks/${held?.id}`);
  await page.getByText('Your move.', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Answer the question' }).click();
  await question(page).waitFor();
});

it('B11.5 deleted in Salesforce: nothing has gone here, and the keyboard keeps it', async () => {
  window = await web.window();
  const { page } = window.app;
  await window.app.open('/?view=all_open');
  await question(page)
    .getByText(
      `${HALF} of your ${COUNT} tasks were deleted in Salesforce. Shall they go to Trash here?`,
    )
    .waitFor();
  await question(page)
    .getByText(/waits for your answer and has deleted nothing/)
    .waitFor();
  expect(await allTasks(web.mara)).toHaveLength(COUNT);

  await tabTo(page, 'Keep here');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await brake()).brake).toBeNull();
  await turn({ pollNow: true });
  await question(page).waitFor({ state: 'detached' });
  const kept = await allTasks(web.mara);
  expect(kept.filter(({ trashedAt }) => trashedAt === null)).toHaveLength(COUNT);
  const apart = kept.filter(({ sync }) => sync.reason === 'no_longer_in_salesforce');
  expect(apart).toHaveLength(HALF);
});

it('B11.5 deleted here: nothing has gone in Salesforce before the keyboard says so', async () => {
  const jsforce = await web.stack.jsforce(MARA);
  const gone = async () =>
    (
      await everyRow<{ Id: string; IsDeleted: boolean }>(jsforce, 'SELECT Id, IsDeleted FROM Task')
    ).filter(({ Id, IsDeleted }) => IsDeleted && ids.slice(HALF).includes(Id));
  const linked = (await allTasks(web.mara)).filter(({ sync }: AppTask) => sync.reason === null);
  expect(linked).toHaveLength(HALF);
  window = await web.window();
  const { page } = window.app;
  await window.app.open('/');
  await window.app.page.getByRole('heading', { name: 'Command Center' }).waitFor();
  await web.mara.call('POST', '/api/v1/tasks/bulk', {
    ids: linked.map(({ id }) => id),
    action: 'delete',
  });
  await turn();
  // The page is told; nobody has to look.
  await question(page)
    .getByText(/were deleted here\. Shall they be deleted in Salesforce\?/)
    .waitFor();
  expect(await gone()).toEqual([]);

  await tabTo(page, 'Delete in Salesforce');
  await page.keyboard.press('Enter');
  await question(page).waitFor({ state: 'detached' });
  await turn();
  expect(await gone()).toHaveLength(HALF);
});
