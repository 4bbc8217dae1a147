import type { Page } from 'playwright-core';

/**
 * How long a person waits between an input and the picture that answers it: measured in the page, from the
 * moment the browser noted the event to the moment after the next frame was drawn. Besides, how long the page
 * was busy without a pause, which is what a stutter is, also when the answer of the server comes later.
 */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { waits: [], blocks: [] };
    Object.assign(window, { watched });
    const open: number[] = [];
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      for (const at of open.splice(0)) watched.waits.push(now - at);
    };
    const note = (event: Event) => {
      open.push(event.timeStamp);
      // The message comes after the frame's own work: style, layout, paint.
      if (open.length === 1) requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    for (const type of ['keydown', 'click', 'wheel']) {
      window.addEventListener(type, note, { capture: true, passive: true });
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.blocks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
}

interface Watched {
  waits: number[];
  blocks: number[];
}

export interface Felt {
  /** Milliseconds from an event to its frame, in the middle of all, beyond what a key takes that does nothing. */
  readonly wait: number;
  /** The longest stretch without a pause in the best of the tries: what the page itself costs. Under 50 ms is none. */
  readonly busy: number;
}

const MEANS_NOTHING = 'F9';

/** Does `step` several times and tells what it felt like, without what else the machine does meanwhile. */
export async function felt(
  page: Page,
  times: number,
  step: (index: number) => Promise<unknown>,
): Promise<Felt> {
  const idle: number[] = [];
  const waits: number[] = [];
  const busy: number[] = [];
  for (let index = 0; index < times; index += 1) {
    idle.push(...(await watch(page, () => page.keyboard.press(MEANS_NOTHING))).waits);
    const seen = await watch(page, () => step(index));
    waits.push(...seen.waits);
    busy.push(Math.max(0, ...seen.blocks));
  }
  return { wait: middle(waits) - middle(idle), busy: Math.round(Math.min(...busy)) };
}

async function watch(page: Page, step: () => Promise<unknown>): Promise<Watched> {
  await page.evaluate(() => {
    Object.assign((window as unknown as { watched: Watched }).watched, { waits: [], blocks: [] });
  });
  await step();
  return page.evaluate(async () => {
    // What the input set off has had its turn, and the observer has told of it.
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return (window as unknown as { watched: Watched }).watched;
  });
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}
