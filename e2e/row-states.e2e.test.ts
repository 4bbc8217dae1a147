import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { lineOf, newGate } from './support/line.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.3: what each row says of its sync, in words, as sync goes on beside it. */

let web: WebStack;
let window: Window;
let turn: Turn;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { userId } = await web.mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  window = await web.window();
});
afterAll(async () => {
  await window?.context.close();
  await web?.close();
});

const make = (name: string) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', {
    name,
    dueDate: new Intl.DateTimeFormat('sv-SE').format(new Date()),
  });

/** What a screen reader hears of the row. */
const says = (name: string, words: RegExp) => window.app.row(name).getByText(words).first();

it('B9.3 each row says its sync state in words, and opens its record in Salesforce', async () => {
  await make('Before sync was on');
  await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  await turn();
  const sent = await make('On its way');
  await window.app.open('/');
  await says('Before sync was on', /Not synced/).waitFor({ state: 'attached' });
  await says('On its way', /Sending|Waiting for Salesforce/).waitFor({ state: 'attached' });

  await turn();
  await says('On its way', /In step/).waitFor({ state: 'attached' });

  await web.stack.control('POST', 'faults', {
    kind: 'status',
    status: 400,
    errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: 'Due date is required for High priority.',
    match: { path: '/composite' },
    times: null,
  });
  await web.mara.call('PATCH', `/api/v1/tasks/${sent.id}`, { priority: 'high' });
  await turn();
  await web.stack.control('DELETE', 'faults');
  await says('On its way', /Needs (you|an admin)/).waitFor({ state: 'attached' });

  const { sync } = await web.mara.call<AppTask & { sync: { salesforceUrl: string } }>(
    'GET',
    `/api/v1/tasks/${sent.id}`,
  );
  const panel = await window.app.openTask('On its way');
  const link = panel.getByRole('link', { name: /Open in Salesforce/ });
  expect(await link.getAttribute('href')).toBe(sync.salesforceUrl);
  expect(sync.salesforceUrl).toContain(sync.salesforceId);
});

it('B9.2 a row opens at the first press, also at the lower edge of the list', async () => {
  const { app } = window;
  await app.open('/?view=all_open');
  const rows = app.page.locator('[role=row][aria-selected]');
  await rows.nth(20).waitFor({ state: 'attached' });
  // A banner that came after this would push the list down.
  await app.page.waitForLoadState('networkidle');
  const height = app.page.viewportSize()?.height ?? 0;
  const boxes = await rows.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
  const last = boxes.findLastIndex(({ bottom }) => bottom <= height);
  const { left, top, height: rowHeight } = boxes[last] ?? expect.fail('no row is in sight');
  expect(last, 'the list goes on below').toBeLessThan(boxes.length - 1);
  const id = (await rows.nth(last).getAttribute('id'))?.replace('task-', '');

  await app.page.mouse.click(left + 200, top + rowHeight / 2);
  await app.page.getByRole('complementary', { name: 'Task' }).waitFor();
  expect(new URL(app.page.url()).searchParams.get('task')).toBe(id);
});

it('B9.4 what changed between the first reading and the first word of the stream shows without reload', async () => {
  const { app } = window;
  const { open: stands, opened: held } = newGate();
  const line = await lineOf(app.page, '**/api/v1/events');
  line.take(async (route) => {
    await held;
    await route.continue();
  });
  await app.open('/?view=today');
  await app.row('On its way').waitFor();
  await make('While nobody told');
  stands();
  await app.row('While nobody told').waitFor();
});
