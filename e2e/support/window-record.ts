import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

/**
 * What each browser window asked for and showed, so that a test that failed once, on a machine that nobody can
 * look at, still says which of press, request and answer was missing.
 */
export function recordWindows(browser: Browser): Browser {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    records.push(followed(context));
    return context;
  };
  return browser;
}

/** One text for each window that was open since `forgetClosedWindows`. */
export function windowTexts(): Promise<string[]> {
  return Promise.all(
    records.map(async ({ context, events, open, shown }) => {
      const unanswered = [...open].map((request) => `without answer  ${named(request)}`);
      return [...events, ...unanswered, '', shown ?? (await shownBy(context))].join('\n');
    }),
  );
}

export function forgetClosedWindows(): void {
  records.splice(0, Infinity, ...records.filter(({ shown }) => shown === null));
}

/** Enough for the steps of one test; a page that polls would fill the rest. */
const EVENTS_MAX = 60;
const SHOWN_LINES_MAX = 150;
/** A page that hangs is one of the things to find out; it must not hold up the next test. */
const SNAPSHOT_MS = 2_000;

interface WindowRecord {
  readonly context: BrowserContext;
  readonly events: string[];
  /** Asked, and not answered yet. */
  readonly open: Set<Request>;
  /** What it showed when it was closed; null while it is open. */
  shown: string | null;
}

const records: WindowRecord[] = [];

function followed(context: BrowserContext): WindowRecord {
  const record: WindowRecord = { context, events: [], open: new Set(), shown: null };
  const start = performance.now();
  const note = (text: string) => {
    record.events.push(`${Math.round(performance.now() - start)} ms  ${text}`);
    if (record.events.length > EVENTS_MAX) record.events.shift();
  };
  context.on('page', (page) => {
    page.on('framenavigated', (frame) => note(`page ${frame.url()}`));
    page.on('pageerror', (error) => note(`error in the page: ${error.message}`));
    page.on('crash', () => note('the page crashed'));
  });
  context.on('console', (line) => {
    if (line.type() === 'error') note(`console: ${line.text()}`);
  });
  context.on('request', (request) => record.open.add(request));
  context.on('response', (reply) => {
    record.open.delete(reply.request());
    if (asks(reply.request())) note(`${named(reply.request())} → ${reply.status()}`);
  });
  context.on('requestfailed', (request) => {
    record.open.delete(request);
    note(`${named(request)} → ${request.failure()?.errorText ?? 'failed'}`);
  });
  const close = context.close.bind(context);
  context.close = async (options) => {
    // A test's window is closed before anyone can ask how the test went.
    record.shown ??= await shownBy(context);
    await close(options);
  };
  return record;
}

/** Scripts, styles and fonts always come; what the page says to the server is what matters. */
const asks = (request: Request) => ['fetch', 'xhr', 'eventsource'].includes(request.resourceType());

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const named = (request: Request) =>
  `${request.method()} ${pathAndQuery(request.url())} ${request.postData()?.slice(0, 200) ?? ''}`.trim();

async function shownBy(context: BrowserContext): Promise<string> {
  return (await Promise.all(context.pages().map(shown))).join('\n\n');
}

async function shown(page: Page): Promise<string> {
  const text = await page
    .locator('body')
    .ariaSnapshot({ timeout: SNAPSHOT_MS })
    .catch((error: Error) => `(no answer: ${error.message.split('\n')[0]})`);
  const lines = text.split('\n');
  const left = lines.length - SHOWN_LINES_MAX;
  return [
    page.url(),
    ...lines.slice(0, SHOWN_LINES_MAX),
    ...(left > 0 ? [`… ${left} more lines`] : []),
  ].join('\n');
}
