import { parseDateTime, stampOf } from '../org/stamps.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

/** The text of a quoted SOQL string. */
export function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\u([0-9A-Fa-f]{4})|\\(.)/gs, (_all, code: string | undefined, letter: string) =>
      code === undefined
        ? (ESCAPES[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

/** A LIKE pattern (still escaped) as an expression: `%` any run, `_` one character, `\%` and `\_` themselves. */
export function likePattern(raw: string): RegExp {
  const source = raw.replace(
    /\\u([0-9A-Fa-f]{4})|\\(.)|([%_])|([^\\%_]+)/gs,
    (_all, code?: string, escaped?: string, wild?: string, plain?: string) => {
      if (wild !== undefined) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
      if (code !== undefined) return literally(String.fromCharCode(Number.parseInt(code, 16)));
      return literally(plain ?? ESCAPES[escaped ?? ''] ?? escaped ?? '');
    },
  );
  return new RegExp(`^${source}$`, 'iu');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A span of days: from the first, up to and without the last. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** The days a relative literal such as LAST_WEEK or NEXT_N_DAYS:7 means, or null when it is unknown. */
export function daysOf(name: string, n: number, today: string): DaySpan | null {
  const fixed = FIXED[name];
  if (fixed !== undefined) return fixed(today);
  const match = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name.replace('FISCAL_', ''));
  if (match !== null) return manySpan(match[1] === 'LAST', match[2] ?? '', n, today);
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name.replace('FISCAL_', ''));
  if (ago !== null) return unitSpan(ago[1] ?? '', -n, today);
  return null;
}

const FIXED: Readonly<Record<string, (today: string) => DaySpan>> = {
  YESTERDAY: (t) => unitSpan('DAY', -1, t),
  TODAY: (t) => unitSpan('DAY', 0, t),
  TOMORROW: (t) => unitSpan('DAY', 1, t),
  LAST_90_DAYS: (t) => manySpan(true, 'DAY', 90, t),
  NEXT_90_DAYS: (t) => manySpan(false, 'DAY', 90, t),
  ...Object.fromEntries(
    ['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((name) => {
      // The fiscal year of this org is the calendar year.
      const unit = name.replace('FISCAL_', '');
      return [
        [`LAST_${name}`, (t: string) => unitSpan(unit, -1, t)],
        [`THIS_${name}`, (t: string) => unitSpan(unit, 0, t)],
        [`NEXT_${name}`, (t: string) => unitSpan(unit, 1, t)],
      ];
    }),
  ),
};

/** LAST_N_DAYS includes today; the longer units, and every NEXT_N, begin outside the current one. */
function manySpan(last: boolean, unit: string, n: number, today: string): DaySpan {
  if (last) {
    const to = unit === 'DAY' ? addDays(today, 1) : unitSpan(unit, 0, today).from;
    return { from: unitSpan(unit, -n, today).from, to };
  }
  return { from: unitSpan(unit, 1, today).from, to: unitSpan(unit, n, today).to };
}

function unitSpan(unit: string, shift: number, today: string): DaySpan {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const at = (y: number, m: number, d: number) =>
    new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);
  if (unit === 'DAY') return { from: addDays(today, shift), to: addDays(today, shift + 1) };
  if (unit === 'WEEK') {
    const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
    const sunday = addDays(today, -weekday + shift * 7);
    return { from: sunday, to: addDays(sunday, 7) };
  }
  if (unit === 'MONTH') {
    return { from: at(year, month - 1 + shift, 1), to: at(year, month + shift, 1) };
  }
  if (unit === 'QUARTER') {
    const first = Math.floor((month - 1) / 3) * 3 + shift * 3;
    return { from: at(year, first, 1), to: at(year, first + 3, 1) };
  }
  return { from: at(year + shift, 0, 1), to: at(year + shift + 1, 0, Math.min(day, 1)) };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Today's date on the wall of this zone. */
export function todayIn(zone: string, now: number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

/** The stamp of midnight of this date in this zone. */
export function midnight(date: string, zone: string): string {
  const utc = Date.parse(`${date}T00:00:00Z`);
  // Two rounds settle on the right side of a change of offset.
  const once = utc - offsetAt(zone, utc);
  return stampOf(utc - offsetAt(zone, once));
}

function offsetAt(zone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/** A datetime literal in the form stamps are compared in: with its milliseconds, for `>` is exact. */
export function stampLiteral(text: string): string | null {
  const ms = parseDateTime(text);
  return ms === null ? null : `${new Date(ms).toISOString().slice(0, 23)}+0000`;
}
