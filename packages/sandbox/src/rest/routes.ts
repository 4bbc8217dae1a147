import { OrgFault } from '../org/org.ts';
import { createMany, deleteMany, retrieveMany, updateMany, upsertMany } from './collections.ts';
import { batch, composite } from './composite.ts';
import { deleteByExternal, getByExternal, upsertByExternal } from './external.ts';
import {
  describe,
  describeGlobal,
  emptyList,
  limits,
  objectSummary,
  resources,
  theme,
  toolingQuery,
} from './meta.ts';
import { query, queryAll, queryMore } from './query.ts';
import { deleted, updated } from './replication.ts';
import { createRow, deleteRow, getRow, patchRow } from './rows.ts';
import { search } from './search.ts';
import { createTree } from './tree.ts';
import {
  type Call,
  faultReply,
  type Handler,
  type RestReply,
  type RestRequest,
  resourceMissing,
} from './types.ts';

type Methods = Readonly<Record<string, Handler>>;

/** First match wins: fixed words stand before names. */
const ROUTES: readonly (readonly [path: string, methods: Methods])[] = [
  ['', { GET: resources }],
  ['sobjects', { GET: describeGlobal }],
  ['sobjects/:object', { GET: objectSummary, POST: createRow }],
  ['sobjects/:object/describe', { GET: describe }],
  ['sobjects/:object/updated', { GET: updated }],
  ['sobjects/:object/deleted', { GET: deleted }],
  ['sobjects/:object/:id', { GET: getRow, PATCH: patchRow, DELETE: deleteRow }],
  [
    'sobjects/:object/:field/:value',
    { GET: getByExternal, PATCH: upsertByExternal, DELETE: deleteByExternal },
  ],
  ['query', { GET: query }],
  ['query/:locator', { GET: queryMore }],
  ['queryall', { GET: queryAll }],
  ['queryall/:locator', { GET: queryMore }],
  ['search', { GET: search }],
  ['limits', { GET: limits }],
  ['recent', { GET: emptyList }],
  ['tabs', { GET: emptyList }],
  ['theme', { GET: theme }],
  ['tooling/query', { GET: toolingQuery }],
  ['composite', { POST: (call) => composite(call, answer) }],
  ['composite/batch', { POST: (call) => batch(call, answer) }],
  ['composite/tree/:object', { POST: createTree }],
  ['composite/sobjects', { POST: createMany, PATCH: updateMany, DELETE: deleteMany }],
  ['composite/sobjects/:object', { GET: retrieveMany, POST: retrieveMany }],
  ['composite/sobjects/:object/:field', { PATCH: upsertMany }],
];

const TABLE = ROUTES.map(([path, methods]) => ({
  parts: path === '' ? [] : path.split('/'),
  methods,
}));

/** One request, one answer; refusals become error bodies. */
export function answer(
  base: Pick<Call, 'org' | 'ctx' | 'origin'>,
  request: RestRequest,
): RestReply {
  try {
    return dispatch(base, request);
  } catch (fault) {
    if (fault instanceof OrgFault) return faultReply(fault);
    throw fault;
  }
}

function dispatch(base: Pick<Call, 'org' | 'ctx' | 'origin'>, request: RestRequest): RestReply {
  for (const { parts, methods } of TABLE) {
    const params = matchParts(parts, request.segments);
    if (params === null) continue;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const handler = methods[method];
    if (handler === undefined) throw notAllowed(request.method, methods);
    const { org, ctx, origin } = base;
    return handler({ org, ctx, origin, request: { ...request, method }, params });
  }
  throw resourceMissing();
}

function matchParts(
  parts: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment.toLowerCase()) return null;
  }
  return params;
}

function notAllowed(method: string, methods: Methods): OrgFault {
  const names = Object.keys(methods);
  const allowed = [...names, ...(names.includes('GET') ? ['HEAD'] : [])].sort().join(',');
  const message = `HTTP Method '${method}' not allowed. Allowed are ${allowed}`;
  return new OrgFault(405, 'METHOD_NOT_ALLOWED', message);
}
