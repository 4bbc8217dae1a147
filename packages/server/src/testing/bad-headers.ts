import fc from 'fast-check';
import type { BadRequest, Place } from './api-places.ts';

/** How a browser says that a page of somebody else sends this. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'tandem' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'Same-Origin' },
];

const visible = fc.stringMatching(/^[!-~]{1,40}$/);
/** What a header may carry on the wire and a key or a session may not: a tab, and the upper half of Latin-1. */
const odd = fc.constantFrom('\t', '\u0080', '\u00a0', '\u00fc', '\u00ff');

/** A good write under an Idempotency-Key that is none: carried out, it would happen once more each time. */
export function badKey({ method, operation }: Place, path: string): fc.Arbitrary<BadRequest> {
  const key = fc.oneof(
    fc.constantFrom('', 'schlüssel', 'a\tb'),
    fc.integer({ min: 256, max: 4_000 }).map((length) => 'k'.repeat(length)),
    fc.tuple(visible, odd, visible).map((parts) => parts.join('')),
  );
  const example = operation.requestBody?.content['application/json']?.example;
  return key.map((text) => ({
    kind: 'key',
    method,
    path,
    headers: { 'idempotency-key': text },
    ...(example === undefined ? {} : { body: JSON.stringify(example) }),
    answer: '400 invalid_input',
  }));
}

/** A browser that is nobody: with cookies of no session, and with a real one that somebody has changed. */
export function badCookie(
  { method, operation }: Place,
  path: string,
  realCookie: string,
): fc.Arbitrary<BadRequest> {
  const at = realCookie.indexOf('=') + 1;
  const name = realCookie.slice(0, at);
  const value = decodeURIComponent(realCookie.slice(at).split(';')[0] ?? '');
  const [token = '', seal = ''] = value.split('.');
  // Not the last letter of it: two of that one's six bits say nothing.
  const changed = fc
    .tuple(fc.nat(seal.length - 3), fc.constantFrom('A', 'b', '7'))
    .filter(([place, letter]) => seal[place] !== letter)
    .map(([place, letter]) => seal.slice(0, place) + letter + seal.slice(place + 1));
  const cookie = fc.oneof(
    fc.constantFrom('', '=', ';;;', '__proto__=x', name, `${name}%`, `${name}%00`, `${name}.`),
    fc.constantFrom(token, `${token}.`, `.${seal}`, `${token}x.${seal}`).map((text) => name + text),
    changed.map((text) => name + encodeURIComponent(`${token}.${text}`)),
    fc.stringMatching(/^[ -~]{1,3000}$/).map((text) => name + text),
    fc.tuple(visible, odd, visible).map((parts) => name + parts.join('')),
  );
  const example = operation.requestBody?.content['application/json']?.example;
  return cookie.map((text) => ({
    kind: 'cookie',
    method,
    path,
    headers: { cookie: text },
    withoutToken: true,
    ...(example === undefined ? {} : { body: JSON.stringify(example) }),
    answer: '401 not_signed_in',
  }));
}

/** A good write with a good session, that a page of somebody else has sent. */
export function badOrigin(
  { method, operation }: Place,
  path: string,
  realCookie: string,
): fc.Arbitrary<BadRequest> {
  const example = operation.requestBody?.content['application/json']?.example;
  return fc.constantFrom(...FOREIGN).map((headers) => ({
    kind: 'origin',
    method,
    path,
    headers: { ...headers, cookie: realCookie },
    withoutToken: true,
    ...(example === undefined ? {} : { body: JSON.stringify(example) }),
    answer: '403 cross_site',
  }));
}
