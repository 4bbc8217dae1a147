import type { Instant } from './task.ts';

/** Instants are compared and moved here only; due dates never come near this file (B1.1). */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The pieces of a time of day, made once: `12:05:`, `07.`, `123Z`. */
const MINUTES = Array.from({ length: DAY / MINUTE }, (_, minute) => {
  return `${padded(Math.floor(minute / 60), 2)}:${padded(minute % 60, 2)}:`;
});
const SECONDS = Array.from({ length: 60 }, (_, second) => `${padded(second, 2)}.`);
const MILLIS = Array.from({ length: SECOND }, (_, milli) => `${padded(milli, 3)}Z`);

/** The day and the minute last written: the next instant is mostly of the same ones. */
const written = { day: 0, text: '1970-01-01T', minute: -1, toMinute: '' };

/**
 * A few instants as last read or written: within one turn the same ones come up again and again. An instant has its
 * place by its seconds and milliseconds, which its text and its number tell alike.
 */
const PLACES = 16;
const remembered = Array.from({ length: PLACES }, () => ({ ms: Number.NaN, text: '' }));

/** `Date.parse`, of which all but the time of day is remembered. */
export function instantMs(instant: Instant): number {
  if (instant.length !== 24) return Date.parse(instant);
  // Zero's code is a multiple of PLACES: codes will do for digits.
  const seconds = instant.charCodeAt(17) * 10 + instant.charCodeAt(18);
  const hundreds = instant.charCodeAt(20) * 10 + instant.charCodeAt(21);
  const millis = hundreds * 10 + instant.charCodeAt(22);
  const known = remembered[(seconds + millis) % PLACES];
  if (known === undefined || known.text === instant) return known?.ms ?? Date.parse(instant);
  const ms = plainMs(instant);
  if (Number.isNaN(ms)) return Date.parse(instant);
  known.ms = ms;
  known.text = instant;
  return ms;
}

/** NaN for another day, for times that do not exist, and for other forms: those are left to Date. */
function plainMs(instant: Instant): number {
  if (!instant.startsWith(written.text)) return Number.NaN;
  const hours = twoDigits(instant, 11) * 60 + twoDigits(instant, 14);
  const seconds = hours * 60 + twoDigits(instant, 17);
  const millis = twoDigits(instant, 20) * 10 + digit(instant, 22);
  // Anything but digits gives NaN.
  const isPlain =
    instant.endsWith('Z') && instant[13] === ':' && instant[16] === ':' && instant[19] === '.';
  const since = seconds * SECOND + millis;
  const isTime = since < DAY && isBelowSixty(instant, 14) && isBelowSixty(instant, 17);
  return isPlain && isTime ? written.day + since : Number.NaN;
}

/** `toISOString`, of which all but the day is looked up. */
export function instantFrom(ms: number): Instant {
  const whole = Math.trunc(ms);
  const since = whole - written.day;
  if (!(since >= 0 && since < DAY)) {
    const text = new Date(ms).toISOString();
    // Years of more than four digits are written in another form.
    if (text.length === 24) {
      written.day = Math.floor(whole / DAY) * DAY;
      written.text = text.slice(0, 11);
      written.minute = -1;
    }
    return text;
  }
  const inMinute = since % MINUTE;
  const millis = inMinute % SECOND;
  const seconds = (inMinute - millis) / SECOND;
  const known = remembered[(seconds + millis) % PLACES];
  if (known?.ms === whole) return known.text;
  const minute = (since - inMinute) / MINUTE;
  if (written.minute !== minute) {
    written.minute = minute;
    written.toMinute = written.text + (MINUTES[minute] ?? '');
  }
  const text = written.toMinute + ((SECONDS[seconds] ?? '') + (MILLIS[millis] ?? ''));
  if (known !== undefined) {
    known.ms = whole;
    known.text = text;
  }
  return text;
}

export function shift(instant: Instant, ms: number): Instant {
  return instantFrom(instantMs(instant) + ms);
}

/** Salesforce's stamps have one-second resolution, so two times in one second are a tie. */
export function secondOf(instant: Instant): number {
  return Math.floor(instantMs(instant) / 1000);
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function isBelowSixty(text: string, at: number): boolean {
  return digit(text, at) < 6;
}

const ZERO = 48;

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
