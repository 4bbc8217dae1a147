import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptsOf } from './support/page-weight.ts';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/** The first page on a phone's line: what it weighs, and how long it takes until it answers. */

const KB = 1_000;
const SCRIPT_KB_MAX = 200;
/** Slow 4G as browsers' own tools name it: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const READY_MS_MAX = 2_000;
const TRIES = 5;
const TASKS = 250;
const WINDOWS = [
  { locale: 'en-GB', lang: 'en', viewport: { width: 1440, height: 900 } },
  { locale: 'zh-CN', lang: 'zh-CN', viewport: { width: 390, height: 844 }, hasTouch: true },
];

describe('B9.1 the scripts of the Command Center', () => {
  it.each(['en', 'zh-cn'])(
    `B9.1 weigh at most ${SCRIPT_KB_MAX} kB, with the texts of %s`,
    (language) => {
      const scripts = scriptsOf(
        'index.html',
        'src/tasks/command-center.tsx',
        `src/locales/${language}/index.ts`,
      );
      const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0);
      expect(bytes / KB, [...scripts].join('\n')).toBeLessThanOrEqual(SCRIPT_KB_MAX);
    },
  );

  it('B9.1 leave out what is opened later: palette, panel, menus, dialogs', () => {
    const first = scriptsOf('index.html', 'src/tasks/command-center.tsx');
    for (const later of [
      'src/palette/palette.tsx',
      'src/panel/task-panel.tsx',
      'src/tasks/help-sheet.tsx',
      'src/tasks/columns-menu.tsx',
    ]) {
      const [file] = scriptsOf(later).keys();
      expect([...first.keys()]).not.toContain(file);
    }
  });
});

describe('on slow 4G', () => {
  let web: WebStack;
  beforeAll(async () => {
    web = await startWebStack({ worker: false });
    const today = new Intl.DateTimeFormat('sv-SE').format(new Date());
    const lines = Array.from({ length: TASKS }, (_, index) => `Call number ${index},${today}`);
    await web.mara.call('POST', '/api/v1/tasks/import', {
      csv: ['name,dueDate', ...lines].join('\r\n'),
    });
  });
  afterAll(() => web?.close());

  it.each(WINDOWS)(
    `B9.1 the list answers within ${READY_MS_MAX / 1000} s after sign-in, on a browser that was never here: $locale, $viewport.width px`,
    async (options) => {
      const [times, without]: [number[], number[]] = [[], []];
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        without.push(await signInUntilItAnswers(options, null));
        times.push(await signInUntilItAnswers(options, SLOW_4G));
      }
      // What else the machine does is no part of the line or the page: it shows without the line too.
      const others = median(without) - Math.min(...without);
      const said = `${times.map(Math.round).join(', ')}; without the line ${without.map(Math.round).join(', ')}`;
      console.info(`${options.locale}: ${Math.round(median(times))} ms of ${said}`);
      expect(median(times), said).toBeLessThan(READY_MS_MAX + others);
    },
  );

  async function signInUntilItAnswers(
    options: (typeof WINDOWS)[number],
    line: typeof SLOW_4G | null,
  ): Promise<number> {
    const { context, app } = await web.window(options);
    const { page } = app;
    await context.clearCookies();
    if (line !== null) {
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', line);
    }
    await app.open('/');
    await page.locator('input[type=email]').fill(web.mara.email);
    await page.locator('input[type=password]').fill(web.mara.password);
    expect(await page.locator('html').getAttribute('lang')).toBe(options.lang);
    const start = performance.now();
    await page.locator('button[type=submit]').click();
    const first = page.getByRole('row').filter({ hasText: 'Call number' }).first();
    await first.waitFor();
    // Not only drawn: it answers the keyboard.
    await page.keyboard.press('j');
    await page.locator('[role=row][aria-selected]:focus').waitFor();
    const took = performance.now() - start;
    await context.close();
    return took;
  }
});

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
