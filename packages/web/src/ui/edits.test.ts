import { describe, expect, it } from 'vitest';
import { type Edits, editsSince, layOver } from './edits.ts';

describe('edits of a form', () => {
  interface Settings {
    readonly mode: string;
    readonly map: Readonly<Record<string, string | null>>;
    readonly days: readonly number[];
  }
  const saved: Settings = { mode: 'on', map: { Low: 'normal', High: 'high' }, days: [1, 2] };

  it('B6.1 leave everything else to what is saved now', () => {
    const edits = { map: { Low: null }, days: [3] };
    expect(layOver(saved, edits)).toEqual({
      mode: 'on',
      map: { Low: null, High: 'high' },
      days: [3],
    });
    const others: Settings = {
      ...saved,
      mode: 'off',
      map: { Low: 'high', High: 'normal', New: 'high' },
    };
    expect(layOver(others, edits)).toEqual({
      mode: 'off',
      map: { Low: null, High: 'normal', New: 'high' },
      days: [3],
    });
  });

  it('B6.1 keep after a save only what was changed since it was sent', () => {
    const sent: Edits<Settings> = { mode: 'off', map: { Low: 'high' } };
    expect(editsSince(sent, sent)).toEqual({});
    const now = layOver(sent, { map: { High: 'normal' } });
    expect(editsSince(sent, now)).toEqual({ map: { High: 'normal' } });
    expect(editsSince(sent, { mode: 'on', map: { Low: 'high' } })).toEqual({ mode: 'on', map: {} });
  });
});
