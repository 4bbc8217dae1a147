import type { Instant, PlainDate } from '@tandem/engine';

/** What a clock on the wall shows in a zone. */
export interface WallTime {
  readonly date: PlainDate;
  /** Since midnight as the clock counts it, 0 to 1439. */
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

export function wallTime(at: Instant, zone: string): WallTime {
  const local = new Date(
    Math.floor((Date.parse(at) + offsetMs(Date.parse(at), zone)) / 1000) * 1000,
  );
  return {
    date: local.toISOString().slice(0, 10),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/**
 * The first moment at which the clock of the zone shows this time, or, in the night it is put forward and
 * skips it, the moment it does so. An hour that comes twice is meant the first time. Null: the zone skipped
 * the whole day (Samoa, 30 December 2011).
 */
export function instantOf({ date, minute }: WallTime, zone: string): Instant | null {
  const key = `${zone} ${date} ${minute}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const moment = findInstant({ date, minute }, zone);
  if (moments.size >= MOMENTS_MAX) moments.clear();
  moments.set(key, moment);
  return moment;
}

/** Ten thousand people in a few zones mostly mean the same moments. */
const moments = new Map<string, Instant | null>();
const MOMENTS_MAX = 10_000;

function findInstant({ date, minute }: WallTime, zone: string): Instant | null {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS;
  // No zone changes its offset twice within two days, so one of these is in force at the moment looked for.
  const offsets = [-DAY_MINUTES, DAY_MINUTES].map((by) => offsetMs(wall + by * MINUTE_MS, zone));
  const fitting = offsets
    .map((offset) => wall - offset)
    .filter((at) => at + offsetMs(at, zone) === wall);
  if (fitting.length > 0) return new Date(Math.min(...fitting)).toISOString();
  const moved = firstAfterGap(wall - Math.max(...offsets), wall - Math.min(...offsets), zone);
  const instant = new Date(moved).toISOString();
  return wallTime(instant, zone).date === date ? instant : null;
}

/** When the offset changes between two moments; to a second, as zones do. */
function firstAfterGap(before: number, after: number, zone: string): number {
  const old = offsetMs(before, zone);
  let low = before;
  let high = after;
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (middle <= low) break;
    if (offsetMs(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** How far the zone's clock is ahead of UTC. */
function offsetMs(at: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** Making one takes a hundred times longer than using it; there are some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}
