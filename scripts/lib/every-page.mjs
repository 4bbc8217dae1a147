import { routerPaths } from '../../packages/server/src/testing/router-paths.ts';
import {
  call,
  eventually,
  MARA,
  openStranger,
  openWindow,
  PHONE,
  refuseInSalesforce,
  urlOf,
  WIDE,
} from './picture-stage.mjs';

const LOOKS = [
  { name: 'light', language: 'en', window: { viewport: WIDE } },
  { name: 'dark', language: 'en', window: { viewport: WIDE, colorScheme: 'dark' } },
  { name: 'phone', language: 'zh-CN', window: { viewport: PHONE, colorScheme: 'light' } },
];
/** Outside the frame: pages of those who are not signed in. */
const OUTSIDE = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password', '/join'];
const HEIGHT_MAX = 2_400;
const REFUSED = 'Refused by the org';

/**
 * Every address of the router, each in light, in dark, and on a phone in Chinese, as `shoot(page, name)` takes them.
 * The demo's admin is connected already, and `taskId` is a task with something to tell.
 */
export async function takeEveryPage(mara, taskId, shoot) {
  const { token, heldUpId } = await fillPages(mara);
  // `/settings` leads on to its first page.
  const inside = routerPaths(taskId).filter(
    (path) => !OUTSIDE.includes(path) && !/^\/settings\/?$/.test(path),
  );
  const states = [`/?task=${taskId}`, `/tasks/${heldUpId}`, '/?view=trash', '/nothing-here'];
  for (const { name, language, window } of LOOKS) {
    const member = quietly(await openWindow(MARA, window, language));
    for (const path of [...inside, ...states]) await shot(member, path);
    const guest = quietly(await openStranger(window, language));
    for (const path of OUTSIDE) await shot(guest, path, `${path}#${token}`);
    await shot(guest, '/unsubscribe');

    async function shot(page, path, address = path) {
      // Elsewhere first: another part behind the # alone would load nothing.
      await page.goto(urlOf('/healthz'));
      await page.setViewportSize(window.viewport);
      await page.goto(urlOf(address));
      await page.isReady();
      await showWhole(page);
      const named = path.replace(taskId, 'task').replace(heldUpId, 'held-up');
      await shoot(page, `${fileNameOf(named)}.${name}`);
    }
  }
}

/** Something on the pages that a new workspace has empty. @returns an open invitation's token, and a task that waits */
async function fillPages(mara) {
  await refuseInSalesforce(REFUSED, {
    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: 'Due date is required for High priority',
    fields: ['ActivityDate'],
  });
  const { id: heldUpId } = await call(mara, 'POST', 'tasks', { name: REFUSED, priority: 'high' });
  await eventually(async () => (await call(mara, 'GET', 'sync/problems')).problems.length > 0);
  await call(mara, 'POST', 'reminders/test');
  await call(mara, 'POST', 'tokens', { name: 'Nightly export' });
  const hook = { name: 'Warehouse', url: 'https://hooks.example.com/tandem' };
  await call(mara, 'POST', 'webhooks', hook);
  await call(mara, 'POST', 'views', { name: 'Late calls', query: { view: 'overdue' } });
  const { token } = await call(mara, 'POST', 'invitations', { role: 'rep' });
  return { token, heldUpId };
}

/** With `isReady`: no request is on its way but the stream of events, and no skeleton stands for what is to come. */
function quietly(page) {
  const underWay = new Set();
  page.on('request', (one) => {
    if (one.resourceType() !== 'eventsource') underWay.add(one);
  });
  for (const end of ['requestfinished', 'requestfailed']) {
    page.on(end, (one) => underWay.delete(one));
  }
  page.isReady = async () => {
    await page.locator('h1').first().waitFor();
    const bones = page.locator('[class*=skeleton], [class*=bone]').filter({ visible: true });
    await eventually(async () => underWay.size === 0 && (await bones.count()) === 0);
  };
  return page;
}

/** As tall a window as the page is long: what scrolls is a part of the page, not the page. */
async function showWhole(page) {
  const more = await page.evaluate(() => {
    const parts = [...document.querySelectorAll('main, main *')].filter((one) =>
      /auto|scroll/.test(getComputedStyle(one).overflowY),
    );
    return Math.max(0, ...parts.map((one) => one.scrollHeight - one.clientHeight));
  });
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width, height: Math.min(height + more, HEIGHT_MAX) });
  await page.isReady();
}

function fileNameOf(path) {
  return path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'command-center';
}
