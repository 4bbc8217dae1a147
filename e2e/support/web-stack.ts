import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { AppPages } from './pages.ts';
import type { Person } from './person.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, type StackOptions, startStack } from './stack.ts';

/** Nothing here waits for another system, so a page that takes longer is broken. */
const PATIENCE_MS = 30_000;

/** One stack and one browser for a whole file; each test opens a window of its own, signed in already. */
export interface WebStack {
  readonly stack: Stack;
  readonly browser: Browser;
  readonly mara: Person;
  /** A new browser window of Mara's, at no page yet. */
  window(options?: BrowserContextOptions): Promise<Window>;
  close(): Promise<void>;
}

export interface Window {
  readonly context: BrowserContext;
  readonly app: AppPages;
}

interface Options extends Omit<StackOptions, 'web'> {
  /** The org's clock, before anybody signs in. */
  readonly startAt?: string;
}

/** Connected, with sync off. */
export async function startWebStack({ startAt, ...options }: Options): Promise<WebStack> {
  const stack = await startStack({ ...options, web: true });
  if (startAt !== undefined) stack.sandbox.org.clock.set(Date.parse(startAt));
  const browser = await launchBrowser();
  const mara = await stack.person(MARA, 'Mara Lindqvist');
  await mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
  const { url } = stack.server;
  return {
    stack,
    browser,
    mara,
    async window(more = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        ...more,
      });
      const reply = await context.request.post(new URL('/api/auth/sign-in/email', url).href, {
        data: { email: mara.email, password: mara.password },
        headers: { origin: url },
      });
      if (!reply.ok()) throw new Error(`sign-in: ${reply.status()} ${await reply.text()}`);
      const app = new AppPages(await context.newPage(), url);
      app.page.setDefaultTimeout(PATIENCE_MS);
      return { context, app };
    },
    async close() {
      await browser.close();
      await stack.close();
    },
  };
}
