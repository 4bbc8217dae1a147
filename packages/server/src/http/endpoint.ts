import type { Readable } from 'node:stream';
import { type EndpointContract, PROBLEMS, type ProblemCode, problem } from '@tandem/api';
import type { Actor } from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { actorOf } from './authenticate.ts';
import { invalidField } from './refusal.ts';

/** What a handler gets: everything checked, nothing raw. */
export interface Call<C extends EndpointContract> {
  readonly actor: C['who'] extends 'anybody' ? null : Actor;
  readonly params: Output<C, 'params'>;
  readonly query: Output<C, 'query'>;
  readonly body: Output<C, 'body'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Output<C, Part extends string> =
  C extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;
type Answer<C extends EndpointContract> = C extends { readonly media: string }
  ? Readable
  : C['reply'] extends z.ZodType
    ? z.input<C['reply']>
    : // biome-ignore lint/suspicious/noConfusingVoidType: a handler without an answer simply ends.
      void;

/** Registers one row of the contract: who may call → schemas → handler → reply schema. */
export function endpoint<const C extends EndpointContract>(
  app: FastifyInstance,
  contract: C,
  handle: (call: Call<C>) => Promise<Answer<C>>,
  options: Pick<RouteOptions, 'config' | 'preHandler'> = {},
): void {
  const status = contract.status ?? (contract.reply === null ? 204 : 200);
  app.route({
    method: contract.method,
    url: contract.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    ...options,
    config: {
      ...options.config,
      who: contract.who,
      ...(contract.viewAs === undefined ? {} : { viewAs: true }),
    },
    schema: routeSchema(contract, status),
    ...(contract.bodyBytesMax === undefined ? {} : { bodyLimit: contract.bodyBytesMax }),
    handler: async (request, reply) => {
      refuseStrayBody(contract, request);
      const answer = await handle({
        actor: contract.who === 'anybody' ? null : actorOf(request),
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      } as unknown as Call<C>);
      reply.status(status);
      if (contract.media !== undefined) reply.type(`${contract.media}; charset=utf-8`);
      return contract.reply === null ? reply.send() : answer;
    },
  });
}

/** An endpoint without a body takes none, rather than ignoring what somebody meant to say. */
function refuseStrayBody(contract: EndpointContract, request: FastifyRequest): void {
  if (contract.body !== undefined || contract.method === 'GET') return;
  const body: unknown = request.body;
  if (body === undefined || body === null) return;
  if (typeof body !== 'object' || Array.isArray(body))
    throw invalidField('body', 'is not expected here');
  const [stray] = Object.keys(body);
  if (stray !== undefined) throw invalidField(stray, 'is not a field of this request');
}

function routeSchema(contract: EndpointContract, status: number) {
  const problems = new Set<ProblemCode>(contract.problems);
  if (contract.who !== 'anybody') problems.add('not_signed_in');
  if (contract.who === 'admin' || contract.who === 'manager' || contract.viewAs) {
    problems.add('not_allowed');
  }
  if (contract.method !== 'GET') problems.add('cross_site');
  if (contract.who !== 'anybody') problems.add('no_workspace');
  if (contract.method !== 'GET' && contract.who !== 'anybody') {
    problems.add('view_only');
    problems.add('request_under_way').add('idempotency_key_reused');
  }
  problems.add('invalid_input').add('too_many_requests').add('internal');
  return {
    tags: [contract.tag],
    summary: contract.summary,
    security: contract.who === 'anybody' ? [] : [{ session: [] }, { token: [] }],
    ...(contract.params === undefined ? {} : { params: contract.params }),
    querystring: contract.query ?? noQuery,
    ...(contract.body === undefined ? {} : { body: contract.body }),
    response: {
      [status]: goodResponse(contract),
      ...problemResponses(problems),
    },
  };
}

function goodResponse({ reply, media }: EndpointContract) {
  if (reply === null) return noContent;
  if (media === undefined) return reply;
  return { description: 'A file.', content: { [media]: { schema: reply } } };
}

/** One entry per status, because OpenAPI has one per status; the codes stand in its description. */
function problemResponses(codes: ReadonlySet<ProblemCode>) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\` ${PROBLEMS[code].title}`).join(' · '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

const noQuery = z.strictObject({});
const noContent = z.undefined().describe('Done; there is nothing to say.');
