import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  dismissToast,
  holdToasts,
  releaseToasts,
  type Toast,
  toast,
  watchToasts,
} from './toast.ts';

let shown: readonly Toast[] = [];
let forget = () => {};
const texts = () => shown.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  forget = watchToasts((now) => {
    shown = now;
  });
});
afterEach(() => {
  vi.runAllTimers();
  forget();
  vi.useRealTimers();
});

describe('a short notice', () => {
  it('leaves by itself, one of a failure later', () => {
    toast('Done.');
    toast('Not done.', { kind: 'failed' });
    vi.advanceTimersByTime(7_000);
    expect(texts()).toEqual(['Not done.']);
    vi.advanceTimersByTime(7_000);
    expect(texts()).toEqual([]);
  });

  it('stays for as long as a pointer or the keyboard is on it, and then for its time once more', () => {
    toast('Done.');
    holdToasts('pointer');
    holdToasts('focus');
    toast('Done too.');
    releaseToasts('pointer');
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['Done.', 'Done too.']);
    releaseToasts('focus');
    vi.advanceTimersByTime(6_999);
    expect(texts()).toEqual(['Done.', 'Done too.']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
  });

  it('that was put away under the pointer does not hold those that follow', () => {
    const id = toast('Done.');
    holdToasts('pointer');
    dismissToast(id);
    toast('Done too.');
    vi.advanceTimersByTime(7_000);
    expect(texts()).toEqual([]);
  });
});
