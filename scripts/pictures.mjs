/**
 * `npm run pictures`: the READMEs' pictures, taken of the whole stack on demo data. The dates in them are of the day they
 * are taken; everything else is the same each time. `npm run pictures -- --all DIR` takes every page of the app into a
 * folder instead, to be looked at.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWeb } from './lib/build-web.mjs';
import { inRoot } from './lib/paths.mjs';
import {
  closeStage,
  connect,
  LIN_WEI,
  MARA,
  openStage,
  openTask,
  openWindow,
  PHONE,
  settled,
  urlOf,
  visit,
  WIDE,
  workOn,
} from './lib/picture-stage.mjs';
import { createProgress } from './lib/progress.mjs';

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const isAll = values.all !== undefined;
const FOLDER = isAll ? resolve(values.all) : inRoot('docs', 'pictures');
/** Pictures of the repository stay in every clone for good. */
const BYTES_MAX = isAll ? Number.POSITIVE_INFINITY : 300_000;
/** The same five of each README, by the language the page speaks in them. */
const READMES = [
  {
    email: MARA,
    language: 'en',
    suffix: '',
    words: { mode: 'Sync tasks with Salesforce', ever: null, comeIn: /^\d+ come in$/ },
    buttons: { preview: 'Preview', save: 'Save' },
    done: /^Done: \d+ in/,
  },
  {
    email: LIN_WEI,
    language: 'zh-CN',
    suffix: '-zh',
    words: {
      mode: '与 Salesforce 同步任务',
      ever: '最近 30 天',
      comeIn: /^\d+ 个进来$/,
    },
    buttons: { preview: '预览', save: '保存' },
    done: /^完成：\d+ 个进来/,
  },
];

const { step } = createProgress();

async function takeReadme({ email, language, suffix, words, buttons, done }) {
  const page = await openWindow(email, { viewport: WIDE }, language);
  await connect(page, email);
  await take(page, `settings${suffix}`, async () => {
    await page.getByRole('radio', { name: words.mode }).check();
    if (words.ever !== null) {
      await page.getByRole('radio', { name: words.ever }).check({ force: true });
    }
    await page.getByRole('button', { name: buttons.preview }).click();
    await page.getByText(words.comeIn).first().waitFor();
    await page.getByRole('button', { name: buttons.save }).scrollIntoViewIfNeeded();
  });
  await page.getByRole('button', { name: buttons.save }).click();
  await page.getByText(done).first().waitFor();
  const task = await workOn(page, language);
  if (isAll) {
    const { takeEveryPage } = await import('./lib/every-page.mjs');
    return takeEveryPage(page, task.id, (one, name) => take(one, name));
  }
  await take(page, `command-center${suffix}`, () => openTask(page, task));
  await take(page, `task-page${suffix}`, async () => {
    await page.goto(urlOf(`/tasks/${task.id}`));
    await page.locator('main table').first().waitFor();
    await page.locator('main ol li').first().waitFor();
  });
  const dark = await openWindow(email, { viewport: WIDE, colorScheme: 'dark' }, language);
  await take(dark, `dark${suffix}`, () => openTask(dark, task));
  const phone = await openWindow(email, { viewport: PHONE, deviceScaleFactor: 2 }, language);
  await take(phone, `phone${suffix}`, () => visit(phone, '/'));
}

async function take(page, name, prepare) {
  await step(name, async () => {
    if (prepare !== undefined) {
      await prepare();
      await settled(page);
    }
    await page.evaluate(async () => {
      await document.fonts.ready;
      await Promise.all(document.getAnimations().map((one) => one.finished));
    });
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path, caret: 'hide', fullPage: isAll });
    const { size } = statSync(path);
    if (size > BYTES_MAX) throw new Error(`${name}.png has ${size} bytes; at most ${BYTES_MAX}.`);
    return `${Math.round(size / 1000)} kB`;
  });
}

mkdirSync(FOLDER, { recursive: true });
await step('Web page', buildWeb);
try {
  await step('Stack', openStage);
  for (const readme of isAll ? READMES.slice(0, 1) : READMES) await takeReadme(readme);
} finally {
  await closeStage();
}
// What teaches Node TypeScript may keep the process alive.
process.exit(0);
