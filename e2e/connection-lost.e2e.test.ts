import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { lineOf } from './support/line.ts';
import { expectClean } from './support/looks.ts';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/** The line to Tandem breaks while the computer is online: the page says so, tries again, and says no more. */

const LANGUAGES = [
  { language: 'en', says: 'The connection to Tandem is lost. Trying again…' },
  { language: 'zh-CN', says: '与 Tandem 的连接断了，正在重连…' },
] as const;
const EVENTS = '**/api/v1/events';

let web: WebStack;
let task: AppTask;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  task = await web.mara.call('POST', '/api/v1/tasks', { name: 'Before the line broke', dueDate });
});
afterAll(() => web?.close());

async function loseAndFind({ language, says }: (typeof LANGUAGES)[number]): Promise<void> {
  const { context, app } = await web.window({ reducedMotion: 'reduce' });
  const { page } = app;
  await context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    language,
  );
  const line = await lineOf(page, EVENTS);
  line.take((route) => route.abort());
  await app.open('/');
  await app.row(task.name).waitFor();
  const sentence = page.getByRole('status').getByText(says, { exact: true });
  await sentence.waitFor();
  expect(await page.evaluate(() => navigator.onLine)).toBe(true);
  await expectClean(page, `lost, in ${language}`);

  // Nobody tells this page of a change now …
  const name = `Made meanwhile, ${language}`;
  const { dueDate } = task;
  const made = await web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate });
  expect(await app.row(name).count()).toBe(0);
  // … so that it reads everything again when the line is back.
  line.letGo();
  await sentence.waitFor({ state: 'detached' });
  await app.row(name).waitFor();
  const told = `Told at once, ${language}`;
  await web.mara.call('PATCH', `/api/v1/tasks/${made.id}`, { name: told });
  await app.row(told).waitFor();
  await context.close();
}

it('B9.4 a lost connection is said plainly in both languages, what was missed is read, and the sentence goes', async () => {
  await Promise.all(LANGUAGES.map(loseAndFind));
});
