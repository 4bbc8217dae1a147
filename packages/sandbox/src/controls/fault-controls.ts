import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FAULTS_MAX, type FaultSpec } from '../faults/faults.ts';
import { BadInput, readInput } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

/** Longer than any client should wait, shorter than a forgotten fault can hang a test run. */
const LATENCY_MS_MAX = 120_000;

const pattern = z.string().max(500).refine(isRegExp, { message: 'not a regular expression' });

const faultBody = z.strictObject({
  kind: z.enum(['status', 'latency', 'reply_lost']),
  match: z
    .strictObject({
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD']).nullable().default(null),
      path: pattern.nullable().default(null),
      bodyContains: z.string().max(1_000).nullable().default(null),
    })
    .prefault({}),
  times: z.number().int().min(1).nullable().default(1),
  after: z.number().int().min(0).default(0),
  probability: z.number().min(0).max(1).default(1),
  seed: z.number().int().min(0).default(1),
  /** Below 300 with a `body` of one's own: what a collection says of rows that it refuses. */
  status: z.number().int().min(200).max(599).default(503),
  errorCode: z.string().max(100).optional(),
  message: z.string().max(2_000).optional(),
  body: z.json().optional(),
  retryAfterSeconds: z.number().int().min(0).nullable().default(null),
  ms: z.number().int().min(0).max(LATENCY_MS_MAX).default(0),
});

/** What Salesforce says with these statuses, when the fault says nothing else. */
const USUAL: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record or 1 records'],
  401: ['INVALID_SESSION_ID', 'Session expired or invalid'],
  403: ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  404: ['NOT_FOUND', 'The requested resource does not exist'],
  412: ['PRECONDITION_FAILED', 'The record was changed meanwhile'],
  500: ['UNKNOWN_EXCEPTION', 'An unexpected error occurred.'],
  503: ['SERVER_UNAVAILABLE', 'The server is temporarily unavailable. Try again.'],
};

/** `faults`: what goes wrong from now on. */
export function registerFaultControls(app: FastifyInstance, { faults }: ControlParts): void {
  app.get(`${CONTROLS}/faults`, async () => ({ faults: faults.list() }));
  app.post(`${CONTROLS}/faults`, async (request, reply) => {
    const body = readInput(faultBody, request.body);
    if (body.kind === 'latency' && body.ms === 0)
      throw new BadInput('ms', 'ms: say how long to wait');
    if (faults.list().length >= FAULTS_MAX) {
      throw new BadInput('body', `body: there are ${FAULTS_MAX} faults already; delete some`);
    }
    const [code, message] = USUAL[body.status] ?? [
      'UNKNOWN_EXCEPTION',
      'An unexpected error occurred.',
    ];
    const spec: FaultSpec = {
      ...body,
      body: body.body,
      errorCode: body.errorCode ?? code,
      message: body.message ?? message,
    };
    return await reply.code(201).send(faults.add(spec));
  });
  app.delete(`${CONTROLS}/faults`, async () => ({ removed: faults.clear() }));
  app.delete<{ Params: { id: string } }>(`${CONTROLS}/faults/:id`, async (request) => ({
    removed: faults.remove(request.params.id) ? 1 : 0,
  }));
}

function isRegExp(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
