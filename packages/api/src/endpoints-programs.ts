import { z } from 'zod';
import * as csv from './csv.ts';
import type { EndpointContract } from './endpoints.ts';
import { pageQuery } from './paging.ts';
import * as hooks from './webhooks.ts';

/** What programs and spreadsheets are for: webhooks and CSV. Part of ENDPOINTS. */

const V1 = '/api/v1';
const webhookId = z.object({ id: z.string().min(1).max(200) });
const deliveryId = webhookId.extend({ deliveryId: z.string().min(1).max(200) });

export const PROGRAM_ENDPOINTS = {
  exportTasks: {
    method: 'GET',
    path: `${V1}/tasks/export`,
    tag: 'Tasks',
    summary:
      'Tasks as CSV; cells that a spreadsheet would take for a formula begin with an apostrophe',
    who: 'member',
    query: csv.exportQuery,
    reply: z.string(),
    media: 'text/csv',
    problems: ['not_allowed'],
  },
  importTasks: {
    method: 'POST',
    path: `${V1}/tasks/import`,
    tag: 'Tasks',
    summary: 'Tasks out of CSV: all rows or none; `dryRun` says what would happen',
    who: 'member',
    body: csv.importRequest,
    bodyBytesMax: csv.CSV_BYTES_MAX + 1024 * 1024,
    reply: csv.importResult,
  },

  listWebhooks: {
    method: 'GET',
    path: `${V1}/webhooks`,
    tag: 'Webhooks',
    summary: 'The webhooks of your workspace',
    who: 'admin',
    query: pageQuery,
    reply: hooks.webhooks,
  },
  createWebhook: {
    method: 'POST',
    path: `${V1}/webhooks`,
    tag: 'Webhooks',
    summary: 'Add a webhook; its secret is shown this once',
    who: 'admin',
    body: hooks.newWebhook,
    reply: hooks.webhookWithSecret,
    status: 201,
  },
  getWebhook: {
    method: 'GET',
    path: `${V1}/webhooks/{id}`,
    tag: 'Webhooks',
    summary: 'One webhook',
    who: 'admin',
    params: webhookId,
    reply: hooks.webhook,
    problems: ['not_found'],
  },
  patchWebhook: {
    method: 'PATCH',
    path: `${V1}/webhooks/{id}`,
    tag: 'Webhooks',
    summary: 'Change a webhook, switch it off or on again',
    who: 'admin',
    params: webhookId,
    body: hooks.webhookPatch,
    reply: hooks.webhook,
    problems: ['not_found'],
  },
  deleteWebhook: {
    method: 'DELETE',
    path: `${V1}/webhooks/{id}`,
    tag: 'Webhooks',
    summary: 'Remove a webhook with its log',
    who: 'admin',
    params: webhookId,
    reply: null,
    problems: ['not_found'],
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: `${V1}/webhooks/{id}/secret`,
    tag: 'Webhooks',
    summary: 'A new secret, shown this once; the former one signs along for 24 hours',
    who: 'admin',
    params: webhookId,
    reply: hooks.webhookWithSecret,
    problems: ['not_found'],
  },
  pingWebhook: {
    method: 'POST',
    path: `${V1}/webhooks/{id}/ping`,
    tag: 'Webhooks',
    summary: 'Send a `ping`, to try the receiver',
    who: 'admin',
    params: webhookId,
    reply: hooks.delivery,
    status: 202,
    problems: ['not_found', 'webhook_off'],
  },
  listDeliveries: {
    method: 'GET',
    path: `${V1}/webhooks/{id}/deliveries`,
    tag: 'Webhooks',
    summary: 'What was sent and will be, newest first; kept for 30 days',
    who: 'admin',
    params: webhookId,
    query: pageQuery,
    reply: hooks.deliveries,
    problems: ['not_found'],
  },
  sendAgain: {
    method: 'POST',
    path: `${V1}/webhooks/{id}/deliveries/{deliveryId}/send`,
    tag: 'Webhooks',
    summary: 'Send the event of a delivery again',
    who: 'admin',
    params: deliveryId,
    reply: hooks.delivery,
    status: 202,
    problems: ['not_found', 'webhook_off'],
  },
} as const satisfies Record<string, EndpointContract>;
