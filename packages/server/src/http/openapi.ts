import swagger from '@fastify/swagger';
import { ENDPOINTS, type EndpointContract, type EndpointName, webhookMessage } from '@tandem/api';
import { type EndpointExample, EXAMPLES } from '@tandem/api/examples';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** GET /api/openapi.json: OpenAPI 3.1 out of the same schemas that check the requests, with the examples. */
export async function registerOpenapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tandem',
        version: '1',
        description: ABOUT,
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tandem.session_token' },
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'tdm_…' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  let document: object | null = null;
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => {
    document ??= withExamples(app.swagger() as unknown as OpenapiDocument);
    return document;
  });
}

const ABOUT = `Reminder tasks that stay in step with Salesforce.

Errors are RFC 9457 problem documents with a stable \`code\` (docs/ERRORS.md). Lists take \`limit\` and \`cursor\` and answer with \`nextCursor\`, null at the end. Writes take an \`Idempotency-Key\`: sent twice within 24 hours, a request is carried out once, and the answer is the same.`;

interface OpenapiDocument {
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId?: string;
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

/** Names, examples, the header of writes, and what webhooks are sent. */
function withExamples(document: OpenapiDocument): object {
  for (const [name, contract] of Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][]) {
    const operation = document.paths[contract.path]?.[contract.method.toLowerCase()];
    if (operation === undefined) continue;
    operation.operationId = name;
    illustrate(operation, contract, EXAMPLES[name]);
    if (contract.method !== 'GET' && contract.who !== 'anybody') {
      operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
    }
    if (contract.viewAs) operation.parameters = [...(operation.parameters ?? []), AS];
  }
  return { ...document, webhooks: { event: { post: WEBHOOK_OPERATION } } };
}

function illustrate(operation: Operation, contract: EndpointContract, example: EndpointExample) {
  for (const parameter of operation.parameters ?? []) {
    const value = example.params?.[parameter.name] ?? example.query?.[parameter.name];
    if (value !== undefined) parameter.example = value;
  }
  const body = operation.requestBody?.content['application/json'];
  if (body !== undefined) body.example = example.body;
  const good = operation.responses[contract.status ?? (contract.reply === null ? 204 : 200)];
  const reply = good?.content?.[contract.media ?? 'application/json'];
  if (reply !== undefined) reply.example = example.reply;
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Your own key for this request, best a UUID; kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '9b2f7a52-0d55-4f43-8f2e-6a3c1d7e5b10',
};

const AS = {
  name: 'as',
  in: 'query',
  required: false,
  description:
    'A teammate’s user id: what that person would read. For managers and admins; it is noted in the audit log.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const WEBHOOK_OPERATION = {
  summary:
    'What Tandem sends to a webhook. `Tandem-Signature: t=<seconds>,v1=<hex>` is HMAC-SHA-256 over `<seconds>.<body>`; `Tandem-Event-Id` is the same for repetitions.',
  requestBody: {
    content: { 'application/json': { schema: z.toJSONSchema(webhookMessage, { io: 'output' }) } },
  },
  responses: { '2XX': { description: 'Taken. Anything else is sent again.' } },
};
