import fc from 'fast-check';
import type { ApiDocument, BadRequest } from './api-places.ts';
import { badRequests } from './bad-requests.ts';
import { fingerprint } from './fingerprint.ts';
import type { RunningTandem } from './test-server.ts';

/** The server answers one in a few milliseconds; what takes this long hangs, on a busy machine too. */
const ANSWER_MAX_MS = 60_000;
/** As many as a browser and a few programs have under way. */
const AT_ONCE = 8;
const BATCH = 1_000;
const FAILURES_MAX = 20;

export interface BadRequestsReport {
  readonly tried: number;
  /** How many of each kind, and how they were answered. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
  /** Answered with anything but a refusal that has a code, or not at all. */
  readonly failures: readonly string[];
  /** Tables that hold something else than before. */
  readonly changed: readonly string[];
}

/** B12.3: sends generated bad requests as an admin with something to lose, and looks whether anything moved. */
export async function tryBadRequests(
  tandem: RunningTandem,
  databaseUrl: string,
  { count, seed, onBatch }: { count: number; seed: number; onBatch?: (tried: number) => void },
): Promise<BadRequestsReport> {
  const admin = tandem.client();
  await admin.signUp(`Ada ${seed}`);
  const task = await admin.send('POST', '/api/v1/tasks', { name: 'Stays as it is' });
  const token = await admin.send('POST', '/api/v1/tokens', { name: 'Bad requests' });
  const document = (await admin.get('/api/openapi.json')).json as ApiDocument;
  const requests = badRequests(document, {
    realId: task.json.id,
    realCookie: admin.cookieHeader,
  });
  const before = await fingerprint(databaseUrl);

  const kinds: Record<string, number> = {};
  const answers: Record<string, number> = {};
  const failures: string[] = [];
  let tried = 0;
  const send = async (request: BadRequest) => {
    const answer = await answerTo(tandem.url, token.json.token, request);
    kinds[request.kind] = (kinds[request.kind] ?? 0) + 1;
    answers[answer.slice(0, 3)] = (answers[answer.slice(0, 3)] ?? 0) + 1;
    const isRefused =
      request.answer === undefined ? /^4\d\d [a-z_]+$/.test(answer) : answer === request.answer;
    if (!isRefused) failures.push(`${answer}: ${shown(request)}`);
  };
  for (let batch = 0; tried < count && failures.length < FAILURES_MAX; batch += 1) {
    const size = Math.min(BATCH, count - tried);
    const list = fc.sample(requests, { numRuns: size, seed: seed + batch });
    for (let from = 0; from < size; from += AT_ONCE)
      await Promise.all(list.slice(from, from + AT_ONCE).map(send));
    tried += size;
    onBatch?.(tried);
  }
  const after = await fingerprint(databaseUrl);
  // The token's own row says when it was used last; more tokens than this one there must not be.
  const changed = Object.keys(after).filter(
    (name) => name !== 'tandem.api_tokens' && after[name] !== before[name],
  );
  const { tokens } = (await admin.get('/api/v1/tokens')).json;
  if (tokens.length !== 1) changed.push('tandem.api_tokens');
  return { tried, kinds, answers, failures: failures.slice(0, FAILURES_MAX), changed };
}

/** `400 invalid_input`, or what came instead. */
async function answerTo(base: string, token: string, request: BadRequest): Promise<string> {
  const { method, path, body, headers, withoutToken } = request;
  try {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
      headers: {
        ...(withoutToken ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body as string }),
    });
    const text = await response.text();
    return `${response.status} ${codeIn(text)}`;
  } catch (fault) {
    return `no answer (${fault instanceof Error ? fault.message : fault})`;
  }
}

function codeIn(text: string): string {
  try {
    return String(JSON.parse(text).code);
  } catch {
    return `(${text.slice(0, 100)})`;
  }
}

function shown({ kind, method, path, body, headers }: BadRequest): string {
  return `${kind} ${method} ${path.slice(0, 300)} ${JSON.stringify(headers ?? {})} ${String(body).slice(0, 300)}`;
}
