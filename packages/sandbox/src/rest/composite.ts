import { OrgFault } from '../org/org.ts';
import { resolveReferences, UnknownReference } from './references.ts';
import {
  type Call,
  errorReply,
  type Json,
  objectBody,
  type RestReply,
  type RestRequest,
} from './types.ts';
import { readUrl } from './url.ts';

/** Salesforce's bounds: subrequests of a composite or a batch, and queries and collections among them. */
const MOST_SUBREQUESTS = 25;
const MOST_HEAVY = 5;

/** How a subrequest is answered; given in, because routes know composite and not the other way round. */
export type Answer = (call: Call, request: RestRequest) => RestReply;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
}

export function composite(call: Call, answer: Answer): RestReply {
  const body = objectBody(call.request);
  const subrequests = readSubrequests(body.compositeRequest);
  const allOrNone = body.allOrNone === true;
  const replies = call.org.transaction(call.ctx, () => {
    const results = new Map<string, unknown>();
    const done: RestReply[] = [];
    let failed = false;
    for (const sub of subrequests) {
      const reply = failed && allOrNone ? HALTED : one(call, answer, sub, results);
      if (reply.status >= 400) failed = true;
      else results.set(sub.referenceId, reply.body ?? null);
      done.push(reply);
    }
    const keep = !(failed && allOrNone);
    return {
      keep,
      value: keep ? done : done.map((r) => (r.status >= 400 && r !== HALTED ? r : HALTED)),
    };
  });
  return {
    status: 200,
    body: {
      compositeResponse: replies.map((reply, i) => ({
        body: reply.body ?? null,
        httpHeaders: compositeHeaders(reply),
        httpStatusCode: reply.status,
        referenceId: subrequests[i]?.referenceId ?? '',
      })),
    },
  };
}

export function batch(call: Call, answer: Answer): RestReply {
  const body = objectBody(call.request);
  const requests = body.batchRequests;
  if (!Array.isArray(requests) || requests.length === 0 || requests.length > MOST_SUBREQUESTS) {
    throw badInput(`batchRequests must be a list of 1 to ${MOST_SUBREQUESTS} requests`);
  }
  let halted = false;
  let hasErrors = false;
  const results = requests.map((sub: Json) => {
    const reply = halted
      ? errorReply([
          {
            status: 412,
            code: 'BATCH_PROCESSING_HALTED',
            message: 'Batch processing halted per request',
            fields: [],
          },
        ])
      : subAnswer(call, answer, {
          method: String(sub.method ?? 'GET').toUpperCase(),
          url: `/services/data/${String(sub.url ?? '').replace(/^\/?(services\/data\/)?/, '')}`,
          body: sub.richInput,
          httpHeaders: {},
        });
    if (reply.status >= 400) hasErrors = true;
    if (reply.status >= 400 && body.haltOnError === true) halted = true;
    return { statusCode: reply.status, result: reply.body ?? null };
  });
  return { status: 200, body: { hasErrors, results } };
}

const HALTED: RestReply = errorReply([
  {
    status: 400,
    code: 'PROCESSING_HALTED',
    message:
      'The transaction was rolled back since another operation in the same transaction failed.',
    fields: [],
  },
]);

function one(
  call: Call,
  answer: Answer,
  sub: Subrequest,
  results: ReadonlyMap<string, unknown>,
): RestReply {
  try {
    const url = String(resolveReferences(sub.url, results));
    const body = resolveReferences(sub.body, results);
    return subAnswer(call, answer, { ...sub, url, body });
  } catch (problem) {
    if (!(problem instanceof UnknownReference)) throw problem;
    const { message } = problem;
    return errorReply([{ status: 400, code: 'PROCESSING_HALTED', message, fields: [] }]);
  }
}

function subAnswer(
  call: Call,
  answer: Answer,
  sub: Pick<Subrequest, 'method' | 'url' | 'body' | 'httpHeaders'>,
): RestReply {
  const target = readUrl(sub.url);
  if (
    target === null ||
    target.version === null ||
    (target.segments[0] === 'composite' && target.segments[1] !== 'sobjects')
  ) {
    const message = `The requested resource does not exist or cannot be used here: ${sub.url}`;
    return errorReply([{ status: 404, code: 'NOT_FOUND', message, fields: [] }]);
  }
  return answer(call, {
    method: sub.method,
    segments: target.segments,
    version: target.version,
    query: target.query,
    // The whole request's query options do not reach in; a subrequest brings its own headers.
    headers: sub.httpHeaders,
    body: sub.body ?? undefined,
  });
}

function compositeHeaders(reply: RestReply): Json {
  const { location } = reply.headers ?? {};
  return location === undefined ? {} : { Location: location };
}

function readSubrequests(list: unknown): readonly Subrequest[] {
  if (!Array.isArray(list) || list.length === 0) {
    throw badInput('compositeRequest must be a list of requests');
  }
  if (list.length > MOST_SUBREQUESTS) {
    throw badInput(`The composite request has more than ${MOST_SUBREQUESTS} subrequests`);
  }
  const names = new Set<string>();
  const subrequests = list.map((entry: Json): Subrequest => {
    const { method, url, referenceId, body, httpHeaders } = entry;
    if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
      throw badInput('Each subrequest needs a method, a url and a referenceId');
    }
    if (!/^\w+$/.test(referenceId) || names.has(referenceId)) {
      throw badInput(`Invalid or repeated referenceId: ${referenceId}`);
    }
    names.add(referenceId);
    return {
      method: method.toUpperCase(),
      url,
      referenceId,
      body,
      httpHeaders: lowerNames(httpHeaders),
    };
  });
  const heavy = subrequests.filter((sub) =>
    /\/(query|queryAll|composite\/sobjects)\b/i.test(sub.url),
  );
  if (heavy.length > MOST_HEAVY) {
    throw badInput(`A composite request takes at most ${MOST_HEAVY} queries and collections`);
  }
  return subrequests;
}

function lowerNames(headers: unknown): Readonly<Record<string, string>> {
  if (typeof headers !== 'object' || headers === null) return {};
  const refused = new Set(['accept', 'authorization', 'content-type']);
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => !refused.has(name)),
  );
}

function badInput(message: string): OrgFault {
  return new OrgFault(400, 'INVALID_INPUT', message);
}
