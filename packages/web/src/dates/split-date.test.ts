import { describe, expect, it } from 'vitest';
import { splitDate } from './split-date.ts';

/** A Tuesday. */
const TODAY = '2026-11-24';

describe('B9.2 a day written into the name', () => {
  it.each([
    ['Call Osterly tomorrow', 'Call Osterly', '2026-11-25'],
    ['Send the offer fri', 'Send the offer', '2026-11-27'],
    ['Send the offer by Friday', 'Send the offer', '2026-11-27'],
    ['Send the offer, next monday', 'Send the offer', '2026-11-30'],
    ['Renew on 24 dec', 'Renew', '2026-12-24'],
    ['Renew +3', 'Renew', '2026-11-27'],
    ['Renew in 2 weeks', 'Renew', '2026-12-08'],
    ['Renew 2026-12-01', 'Renew', '2026-12-01'],
    ['fri: send the offer', 'send the offer', '2026-11-27'],
    ['Meet on sat', 'Meet', '2026-11-28'],
    ['明天给王芳打电话', '给王芳打电话', '2026-11-25'],
    ['下周一，发合同', '发合同', '2026-11-30'],
    ['发合同 12月1日', '发合同', '2026-12-01'],
    ['周五：发合同', '发合同', '2026-11-27'],
  ])('%s', (text, name, dueDate) => {
    expect(splitDate(text, TODAY)).toMatchObject({ name, dueDate });
  });

  it.each([
    'Friday meeting notes',
    'Call Tom',
    'Ask where Priya sat',
    'Prepare for 3 days',
    'Room 24',
    'tomorrow',
    'Review Q4: numbers',
    '',
  ])('“%s” is a name and nothing else', (text) => {
    expect(splitDate(text, TODAY)).toBeNull();
  });
});
