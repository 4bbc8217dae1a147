import {
  type Delivery,
  type Webhook,
  type WebhookEventName,
  type WebhookWithSecret,
  webhookEvent,
} from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, type Options, type Said, text, UsedWrongly } from './remote.ts';

/** A page of the API is no longer. */
const USUAL = 200;
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
    options: paging(USUAL),
    run: async ({ client, options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: USUAL,
        pageMax: USUAL,
        read: (query) => client.listWebhooks({ query }),
        itemsOf: (page) => page.webhooks,
        progress,
      });
      const lines = items.length === 0 ? ['None.'] : items.map(lineOf);
      return { json: { webhooks: items, nextCursor }, lines: [...lines, ...more] };
    },
  });
  addRemote(webhooks, cli, {
    name: 'show <id>',
    about: 'One webhook.',
    examples: [`tandem webhooks show ${ID}`],
    run: async ({ client, args: [id = ''] }) => {
      const webhook = await client.getWebhook({ params: { id } });
      return { json: webhook, lines: [lineOf(webhook)] };
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
    run: async ({ client, args: [name = '', url = ''], options: { events } }) =>
      withSecret(await client.createWebhook({ body: { name, url, events: eventsOf(events) } })),
  });
  addRemote(webhooks, cli, {
    name: 'edit <id>',
    about: 'Change the name, the address or the events of a webhook.',
    options: [
      text('--name <name>', 'how it is listed'),
      text('--url <url>', 'where it leads'),
      text('--events <names>', 'with commas between; all for every event'),
    ],
    examples: [`tandem webhooks edit ${ID} --events task.completed,task.reopened`],
    run: async ({ client, args: [id = ''], options: { name, url, events } }) => {
      const body = {
        ...(name === undefined ? {} : { name: String(name) }),
        ...(url === undefined ? {} : { url: String(url) }),
        ...(events === undefined ? {} : { events: eventsOf(events) }),
      };
      if (Object.keys(body).length === 0) throw new UsedWrongly('Name what changes; see --help.');
      const webhook = await client.patchWebhook({ params: { id }, body });
      return { json: webhook, lines: [lineOf(webhook)] };
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
    options: paging(USUAL),
    examples: [`tandem webhooks log ${ID}`, `tandem webhooks log ${ID} --limit 1000 --json`],
    run: async ({ client, args: [id = ''], options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: USUAL,
        pageMax: USUAL,
        read: (query) => client.listDeliveries({ params: { id }, query }),
        itemsOf: (page) => page.deliveries,
        progress,
      });
      return {
        json: { deliveries: items, nextCursor },
        lines: [...items.map(deliveryLine), ...more],
      };
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

/** Server-side, none named means every one. */
function eventsOf(given: Options[string]): WebhookEventName[] {
  if (given === undefined || given === 'all') return [];
  return String(given)
    .split(',')
    .map((one) => one.trim()) as WebhookEventName[];
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
