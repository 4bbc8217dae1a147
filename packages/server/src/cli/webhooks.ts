import {
  type Delivery,
  type Webhook,
  type WebhookEventName,
  type WebhookWithSecret,
  webhookEvent,
} from '@tandem/api';
import { itemsOf } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, type Said, text } from './remote.ts';

const ID = '8b1d5f0e-7f0b-4d58-b6a4-2f6a3d1c9e02';

/** Webhooks of the workspace, with their log; an admin's. */
export function addWebhooks(program: Command, cli: Cli): void {
  const webhooks = program
    .command('webhooks')
    .description('Programs that are told of changes; for admins.');
  addRemote(webhooks, cli, {
    name: 'list',
    about: 'All webhooks and how they are doing.',
    examples: ['tandem webhooks list', 'tandem webhooks list --json'],
    run: async ({ client }) => {
      const all: Webhook[] = [];
      for await (const one of itemsOf((next) => client.listWebhooks({ query: next })))
        all.push(one);
      return { json: { webhooks: all }, lines: all.length === 0 ? ['None.'] : all.map(lineOf) };
    },
  });
  addRemote(webhooks, cli, {
    name: 'add <name> <url>',
    about: 'Add a webhook and print its secret; it is shown this once.',
    options: [
      text('--events <names>', `with commas between: ${webhookEvent.options.join(', ')} (all)`),
    ],
    examples: [
      'tandem webhooks add Warehouse https://hooks.example.com/tandem --events task.completed',
    ],
    run: async ({ client, args: [name = '', url = ''], options: { events } }) => {
      const names = typeof events === 'string' ? events.split(',').map((one) => one.trim()) : [];
      const body = { name, url, events: names as WebhookEventName[] };
      return withSecret(await client.createWebhook({ body }));
    },
  });
  addRemote(webhooks, cli, {
    name: 'secret <id>',
    about: 'A new secret, shown this once; the former one signs along for 24 hours.',
    examples: [`tandem webhooks secret ${ID}`],
    run: async ({ client, args: [id = ''] }) =>
      withSecret(await client.rotateWebhookSecret({ params: { id } })),
  });
  for (const state of ['on', 'off'] as const) {
    addRemote(webhooks, cli, {
      name: `${state} <id>`,
      about: state === 'on' ? 'Switch a webhook on again.' : 'Switch a webhook off; it is kept.',
      examples: [`tandem webhooks ${state} ${ID}`],
      run: async ({ client, args: [id = ''] }) => {
        const webhook = await client.patchWebhook({ params: { id }, body: { state } });
        return { json: webhook, lines: [lineOf(webhook)] };
      },
    });
  }
  addRemote(webhooks, cli, {
    name: 'delete <id>',
    about: 'Remove a webhook with its log.',
    examples: [`tandem webhooks delete ${ID}`],
    run: async ({ client, args: [id = ''] }) => {
      await client.deleteWebhook({ params: { id } });
      return { json: { id, deleted: true }, lines: [`Removed ${id}.`] };
    },
  });
  addRemote(webhooks, cli, {
    name: 'ping <id>',
    about: 'Send a ping, to try the receiver; look at the log afterwards.',
    examples: [`tandem webhooks ping ${ID}`],
    run: async ({ client, args: [id = ''] }) =>
      queued(await client.pingWebhook({ params: { id } })),
  });
  addRemote(webhooks, cli, {
    name: 'log <id>',
    about: 'What was sent and will be, newest first.',
    options: [text('--limit <count>', 'how many at most'), text('--cursor <cursor>', 'go on here')],
    examples: [`tandem webhooks log ${ID}`],
    run: async ({ client, args: [id = ''], options }) => {
      const query = options as { limit?: number; cursor?: string };
      const page = await client.listDeliveries({ params: { id }, query });
      const more = page.nextCursor === null ? [] : [`There are more: --cursor ${page.nextCursor}`];
      return { json: page, lines: [...page.deliveries.map(deliveryLine), ...more] };
    },
  });
  addRemote(webhooks, cli, {
    name: 'send <id> <deliveryId>',
    about: 'Send the event of a delivery again.',
    examples: [`tandem webhooks send ${ID} c4a7e6d2-1b5e-4c3a-8e9f-5d2b7a6c1f03`],
    run: async ({ client, args: [id = '', deliveryId = ''] }) =>
      queued(await client.sendAgain({ params: { id, deliveryId } })),
  });
}

function lineOf({ id, name, url, state, failures, events }: Webhook): string {
  const what = events.length === 0 ? 'every event' : events.join(', ');
  const trouble = failures === 0 ? '' : `, ${failures} tries failed in a row`;
  return `${id}  ${name}  ${state}${trouble}  ${url}  (${what})`;
}

function deliveryLine({ id, at, type, state, attempts, lastStatus, lastFault }: Delivery): string {
  const answer = lastStatus ?? lastFault ?? '–';
  return `${id}  ${at}  ${type}  ${state}, tries: ${attempts}, last answer: ${answer}`;
}

/** The secret on a line of its own, so that a script can take it. */
function withSecret(webhook: WebhookWithSecret): Said {
  return {
    json: webhook,
    lines: [lineOf(webhook), 'Its secret, shown this once:', webhook.secret],
  };
}

function queued(delivery: Delivery): Said {
  return { json: delivery, lines: [`On its way as ${delivery.id}.`] };
}
