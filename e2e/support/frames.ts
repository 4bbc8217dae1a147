import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * How long a person waits between an input and the picture that answers it: measured in the page, from the
 * moment the browser noted the event to the moment after the next frame was drawn. Besides, how long the page
 * was busy without a pause, which is what a stutter is, also when the answer of the server comes later.
 *
 * Both are compared with a yardstick of the same run: a key that means nothing, but for which the page works
 * for as long as an answer may take. A busy machine stretches both alike.
 */
export const ANSWER_MS_MAX = 100;
const YARDSTICK = 'F9';

export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(
    ({ yardstick, forMs }) => {
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
      for (const type of ['keydown', 'click', 'wheel', 'pointerdown', 'pointermove', 'pointerup']) {
        window.addEventListener(type, note, { capture: true, passive: true });
      }
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) watched.blocks.push(entry.duration);
      }).observe({ type: 'longtask' });

      const PIECE = 2_000_000;
      const work = (pieces: number) => {
        let sum = 1;
        for (let at = 0; at < pieces * PIECE; at += 1) sum = (sum * 1_664_525 + at) | 0;
        return sum;
      };
      let pieces = 0;
      // As fast as this machine ever is: the best of many short tries.
      const calibrate = () => {
        const tries = Array.from({ length: 40 }, () => {
          const start = performance.now();
          work(1);
          return performance.now() - start;
        });
        pieces = forMs / Math.min(...tries);
      };
      window.addEventListener('keydown', ({ key }) => {
        if (key !== yardstick) return;
        if (pieces === 0) calibrate();
        work(pieces);
      });
    },
    { yardstick: YARDSTICK, forMs: ANSWER_MS_MAX },
  );
}

interface Watched {
  waits: number[];
  blocks: number[];
}

/** Does `step` several times; of twenty, nineteen have to be as quick as the yardstick. `before` is not measured. */
export async function expectQuick(
  page: Page,
  what: string,
  times: number,
  step: (index: number) => Promise<unknown>,
  before?: (index: number) => Promise<unknown>,
): Promise<void> {
  const [steps, allowed] = [new Felt(), new Felt()];
  // The first one of a page also measures the machine.
  await watch(page, () => page.keyboard.press(YARDSTICK));
  for (let index = 0; index < times; index += 1) {
    await before?.(index);
    allowed.add(await watch(page, () => page.keyboard.press(YARDSTICK)));
    steps.add(await watch(page, () => step(index)));
  }
  const said = `${what}: ${steps.text} of ${allowed.text}`;
  console.info(said);
  expect.soft(steps.wait, `${said}: from event to frame`).toBeLessThanOrEqual(allowed.wait);
  expect.soft(steps.busy, `${said}: without a pause`).toBeLessThanOrEqual(allowed.busy);
}

class Felt {
  readonly #waits: number[] = [];
  readonly #busy: number[] = [];

  /** Each step counts as much as its longest. */
  add({ waits, blocks }: Watched): void {
    this.#waits.push(Math.max(0, ...waits));
    this.#busy.push(Math.max(0, ...blocks));
  }

  /** Milliseconds from an event to its frame. */
  get wait(): number {
    return p95(this.#waits);
  }

  /** The longest stretch without a pause. Under 50 ms is none. */
  get busy(): number {
    return p95(this.#busy);
  }

  get text(): string {
    return `${Math.round(this.wait)} ms to the frame, ${Math.round(this.busy)} ms busy`;
  }
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

function p95(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}
