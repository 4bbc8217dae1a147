import { describe, expect, it } from 'vitest';
import { apiBudgetOf, forecastOf, restOf } from './api-budget.ts';

const FACTS = { usage: { used: 900, max: 15_000 }, apiShare: 0.2, spent: 312, recent: 90 };
const at = (time: string) => `2026-11-24T${time}:00.000Z`;

describe('own calls (B11.7)', () => {
  it('B11.7 the forecast is the pace since the last full hour, for a day', () => {
    expect(forecastOf(60, Date.parse(at('12:00')))).toBe(1_440);
    expect(forecastOf(90, Date.parse(at('12:30')))).toBe(1_440);
    expect(apiBudgetOf(FACTS, at('12:30'))).toEqual({
      spent: 312,
      allowance: 3_000,
      forecast: 1_440,
    });
  });

  it('B11.7 before Salesforce tells its limit there is nothing to show', () => {
    expect(apiBudgetOf({ ...FACTS, usage: null }, at('12:00'))).toBeNull();
    expect(restOf({ ...FACTS, usage: null })).toBe(0);
  });

  it('B11.6 B11.7 silence is on purpose when half of the calls are spent, here or in the org', () => {
    expect(restOf(FACTS)).toBe(0);
    expect(restOf({ ...FACTS, spent: 1_500 })).toBe(3_600_000);
    expect(restOf({ ...FACTS, usage: { used: 13_600, max: 15_000 } })).toBe(3_600_000);
  });
});
