import { ENDPOINTS, type EndpointContract } from '@tandem/api';
import fc from 'fast-check';
import {
  type ApiDocument,
  addressOf,
  type BadRequest,
  type Place,
  placesOf,
} from './api-places.ts';
import { badCookie, badKey, badOrigin } from './bad-headers.ts';

/**
 * Requests made of the OpenAPI document: a good one of its examples, with one thing in it that is wrong. `realId`
 * stands in the path, and `realCookie` is a browser's that is signed in, so that what should be refused would have
 * something to change.
 */
export function badRequests(
  document: ApiDocument,
  { realId, realCookie }: { realId: string; realCookie: string },
): fc.Arbitrary<BadRequest> {
  const places = placesOf(document);
  const withBody = places.filter(({ contract }) => contract.body !== undefined);
  const withQuery = places.filter(({ contract }) => contract.query !== undefined);
  const withId = places.filter(({ path }) => path.includes('{'));
  const closed = places.filter(({ contract }) => contract.who !== 'anybody');
  const writes = closed.filter(({ method }) => method !== 'GET');
  const at = (place: Place) => addressOf(place, realId);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...withBody).chain((place) => badBody(place, at(place))),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(...withQuery).chain((place) => badQuery(place, at(place))),
    },
    { weight: 3, arbitrary: fc.constantFrom(...withId).chain(badId) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(...withBody).chain((place) => badText(place, at(place))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...places).chain((place) => badPlace(at(place))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...writes).chain((place) => badKey(place, at(place))),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...closed)
        .chain((place) => badCookie(place, at(place), realCookie)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...writes)
        .chain((place) => badOrigin(place, at(place), realCookie)),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...places).chain((place) => badToken(place, at(place))),
    },
  );
}

/** Values that programs send by mistake, and that people send on purpose. */
const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    '',
    '   ',
    '\u0000',
    '2026-02-30',
    '2026-11-24T25:00:00Z',
    "'; drop table tandem.tasks; --",
    '{{activity_subject',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    [],
    [[[]]],
    {},
    { $ne: null },
    'x'.repeat(40_000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

/** Not JSON's own spelling of a prototype: what a careless merge would take for one. */
const fieldName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'workspaceId', 'role', 'id', 'isAdmin', 'toString'),
  fc.string({ minLength: 1, maxLength: 30 }),
);

function badBody({ method, operation, contract }: Place, path: string): fc.Arbitrary<BadRequest> {
  const example = operation.requestBody?.content['application/json']?.example ?? {};
  const good = example as Record<string, unknown>;
  const names = Object.keys(good);
  const name = names.length === 0 ? fieldName : fc.oneof(fc.constantFrom(...names), fieldName);
  return fc
    .oneof(
      fc.tuple(name, garbage).map(([key, value]) => withField(good, key, value)),
      fc.subarray(names).map((kept) => Object.fromEntries(kept.map((key) => [key, good[key]]))),
      garbage,
    )
    .filter((body) => contract.body?.safeParse(asSent(body)).success === false)
    .map((body) => ({ kind: 'body', method, path, body: JSON.stringify(body) ?? 'null' }));
}

/** As a property of its own, also where the name is `__proto__`. */
function withField(good: Record<string, unknown>, key: string, value: unknown): object {
  return JSON.parse(
    `${JSON.stringify(good).slice(0, -1)}${
      Object.keys(good).length === 0 ? '' : ','
    }${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}}`,
  );
}

function asSent(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body) ?? 'null');
}

function badQuery({ method, operation, contract }: Place, path: string): fc.Arbitrary<BadRequest> {
  const known = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const name = fc.oneof(fc.constantFrom('limit', ...known.map((one) => one.name)), fieldName);
  const value = garbage.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  return fc
    .array(fc.tuple(name, value), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.map(([key, text]) => [key, text.slice(0, 2_000)] as [string, string]))
    .filter((pairs) => pairs.every(([key, text]) => isWellFormed(key) && isWellFormed(text)))
    .filter((pairs) => contract.query?.safeParse(queryOf(pairs)).success === false)
    .map((pairs) => ({ kind: 'query', method, path: `${path}?${new URLSearchParams(pairs)}` }));
}

/** Half a surrogate pair has no UTF-8 to be sent as. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function queryOf(pairs: readonly [string, string][]): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  for (const [key, text] of pairs) query[key] = key in query ? [query[key], text].flat() : text;
  return query;
}

function badId(place: Place): fc.Arbitrary<BadRequest> {
  const id = fc.oneof(
    fc.constantFrom('%', '%00', '%ff', 'null', '00000000-0000-4000-8000-000000000000', '0'),
    fc.uuid(),
    fc
      .string({ minLength: 1, maxLength: 300 })
      .filter((text) => isWellFormed(text) && !/^\.{1,2}$/.test(text))
      .map(encodeURIComponent),
  );
  return id.map((text) => ({
    kind: 'id',
    method: place.method,
    path: place.path.replaceAll(/\{\w+\}/g, () => text),
  }));
}

/** Not JSON, or not said to be, or too much of it. */
function badText({ method, contract }: Place, path: string): fc.Arbitrary<BadRequest> {
  const json = { 'content-type': 'application/json' };
  const tooLong = 'x'.repeat((contract.bodyBytesMax ?? 2 ** 20) + 1);
  return fc.oneof(
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 200 })
      .filter((body) => !isJson(body))
      .map((body) => ({ kind: 'text', method, path, body, headers: json })),
    fc
      .constantFrom('text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'x/y')
      .map((type) => ({
        kind: 'media-type',
        method,
        path,
        body: '{}',
        headers: { 'content-type': type },
      })),
    // A body that is too large costs as much as fifty others.
    fc.nat(50).map((dice) => ({
      kind: dice === 0 ? 'size' : 'text',
      method,
      path,
      body: dice === 0 ? JSON.stringify({ name: tooLong }) : '['.repeat(5_000),
      headers: json,
    })),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A method that an address does not know, or an address that there is not. */
function badPlace(address: string): fc.Arbitrary<BadRequest> {
  const taken = methodsAt(address);
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
    (method) => !taken.has(method),
  );
  return fc.oneof(
    fc.constantFrom(...others).map((method) => ({
      kind: 'method',
      method,
      path: address,
      answer: '405 method_not_allowed',
    })),
    fc
      .tuple(fc.constantFrom('GET', 'POST', 'DELETE'), fc.stringMatching(/^[a-z]{1,12}$/))
      .map(([method, name]) => ({
        kind: 'path',
        method,
        path: `/api/v1/${name}-nowhere`,
        answer: '404 not_found',
      })),
  );
}

/** Also of another contract that takes this address for its own: `tasks/counts` is a `tasks/{id}` to PATCH. */
function methodsAt(address: string): ReadonlySet<string> {
  const here = Object.values<EndpointContract>(ENDPOINTS).filter(({ path }) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(address),
  );
  return new Set(here.map(({ method }) => method));
}

function badToken({ method, contract }: Place, path: string): fc.Arbitrary<BadRequest> {
  const token = fc.oneof(
    fc.constantFrom('Bearer', 'Bearer ', 'Basic YTpi', 'Bearer tdm_', 'bearer null'),
    fc.stringMatching(/^[ -~]{0,200}$/).map((text) => `Bearer ${text}`),
  );
  // What anybody may ask needs no token.
  const at = contract.who === 'anybody' ? '/api/v1/me' : path;
  const how = contract.who === 'anybody' ? 'GET' : method;
  return token.map((authorization) => ({
    kind: 'token',
    method: how,
    path: at,
    headers: { authorization },
  }));
}
