import { z } from 'zod';
import { instant, recordRef } from './task.ts';

/** GET salesforce/connection. Connecting starts at POST salesforce/connection → `{ authorizeUrl }`. */
export const connection = z.object({
  state: z.enum(['not_connected', 'connected', 'needs_sign_in', 'disconnected']),
  username: z.string().nullable(),
  displayName: z.string().nullable(),
  orgId: z.string().nullable(),
  orgName: z.string().nullable(),
  instanceUrl: z.string().nullable(),
  connectedAt: instant.nullable(),
  /** Probed at connect: what Tandem may do there, and the org's own picklists. */
  creationKeyField: z.boolean().nullable(),
});
export type Connection = z.infer<typeof connection>;
export const connectResponse = z.object({ authorizeUrl: z.url() });

/**
 * GET salesforce/callback is where Salesforce sends the browser back to. It always answers with a
 * redirect to /settings/salesforce, with `connected=1` or `error=<one of these>`.
 */
export const connectCallbackQuery = z.object({
  code: z.string().max(2000).optional(),
  state: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(2000).optional(),
});
export const CONNECT_ERRORS = {
  access_denied: 'You did not allow access in Salesforce. Nothing was changed.',
  expired: 'That took longer than ten minutes. Start again.',
  wrong_session: 'This answer belongs to another sign-in. Start again from here.',
  exchange_failed: 'Salesforce did not accept the sign-in. Start again.',
  unavailable: 'Salesforce did not answer. Try again in a minute.',
  salesforce_user_taken: 'Somebody else of your workspace is connected as this Salesforce user.',
} as const;
export type ConnectError = keyof typeof CONNECT_ERRORS;

/** GET salesforce/search: people (Contact, Lead) or related records, for the pickers. */
export const recordSearchQuery = z.strictObject({
  q: z.string().trim().min(2, 'must have at least 2 characters').max(100),
  kind: z.enum(['person', 'related']).default('person'),
});
export const recordSearch = z.object({ records: z.array(recordRef) });

export const importWindow = z.enum(['24h', '7d', '30d', '90d', 'all_open']);
export const syncSettings = z.object({
  /** The option list of B6.1; `off` is "Do not sync to Salesforce tasks". */
  mode: z.enum(['off', 'on']),
  importWindow,
  conflictRule: z.enum(['latest', 'salesforce', 'app']),
  reopenToFormerStatus: z.boolean(),
  /** Salesforce value → app status, null = do not sync that value (B3.4). */
  statusMap: z.record(z.string(), z.enum(['open', 'complete']).nullable()),
  priorityMap: z.record(z.string(), z.enum(['normal', 'high']).nullable()),
  /** Read live from the org, read-only. */
  orgStatuses: z.array(z.object({ value: z.string(), label: z.string(), isClosed: z.boolean() })),
  orgPriorities: z.array(z.object({ value: z.string(), label: z.string(), isHigh: z.boolean() })),
  switchedOnAt: instant.nullable(),
  /** Percent of the org’s daily API calls that Tandem keeps to; the org’s, so an admin’s (B11.7). */
  apiShare: z.int(),
  /** False: the org lacks a standard status, and nothing syncs before an admin has confirmed the map (B3.4). */
  statusMapConfirmed: z.boolean(),
  /** Statuses the org has gained since an admin last decided (B3.4). */
  newStatuses: z.array(z.object({ value: z.string(), since: instant })),
  /** What an admin has set for everybody (B6.1). */
  team: z.object({ mode: z.enum(['each', 'on', 'off']), locked: z.boolean() }),
});
export type SyncSettings = z.infer<typeof syncSettings>;
export const syncSettingsUpdate = z
  .strictObject({
    mode: z.enum(['off', 'on']),
    importWindow,
    conflictRule: z.enum(['latest', 'salesforce', 'app']),
    reopenToFormerStatus: z.boolean(),
    statusMap: z.record(z.string().max(255), z.enum(['open', 'complete']).nullable()),
    priorityMap: z.record(z.string().max(255), z.enum(['normal', 'high']).nullable()),
    apiShare: z.int().min(5, 'must be 5 to 100 percent').max(100, 'must be 5 to 100 percent'),
    /** An admin has looked at the status map: it holds, as it is or as given here (B3.4). */
    confirmStatusMap: z.literal(true),
  })
  .partial();

/** GET sync/team: how everybody's tasks sync, and what that costs (B6.1). */
export const teamSync = z.object({
  mode: z.enum(['each', 'on', 'off']),
  /** Only admins may choose otherwise. */
  locked: z.boolean(),
  /** What comes in first for accounts that this switches on, now and when they connect. */
  importWindow,
  /** Connected Salesforce accounts, and how many of them sync. */
  accounts: z.int(),
  on: z.int(),
  /** API calls a day with all accounts on: when nothing happens, and on a busy day. */
  estimate: z.object({ quiet: z.int(), busy: z.int() }),
  /** What Tandem keeps to; null before Salesforce has told its limit. */
  allowance: z.int().nullable(),
});
export type TeamSync = z.infer<typeof teamSync>;
export const teamSyncUpdate = z
  .strictObject({
    mode: z.enum(['each', 'on', 'off']),
    locked: z.boolean().default(false),
    /** Left out: as it was; `24h` where nobody has set it. */
    importWindow: importWindow.optional(),
  })
  .refine(({ mode, locked }) => mode !== 'each' || !locked, {
    message: 'cannot be locked while each person chooses',
    path: ['locked'],
  });

/** GET salesforce/access: what Tandem may do there, asked at this moment. */
export const salesforceAccess = z.object({
  checkedAt: instant,
  permissions: z.array(
    z.object({
      /** `api`: the account may use the API. The others are about Task, `field_…` about one of its fields. */
      name: z.enum([
        'api',
        'task_read',
        'task_create',
        'task_edit',
        'task_delete',
        'field_read',
        'field_edit',
      ]),
      /** The field’s API name in Salesforce. */
      field: z.string().nullable(),
      granted: z.boolean(),
    }),
  ),
});
export type SalesforceAccess = z.infer<typeof salesforceAccess>;

/** POST sync/preview (B6.2): writes nothing; the same decisions as after Save. */
export const previewRequest = z.strictObject({ importWindow: importWindow.default('24h') });
export const preview = z.object({
  import: z.int(),
  link: z.int(),
  skip: z.int(),
  /** The first few of each, by subject, so that a person recognises them. */
  importSample: z.array(z.object({ salesforceId: z.string(), subject: z.string() })),
  skipReasons: z.array(
    z.object({ reason: z.string(), count: z.int(), sample: z.array(z.string()) }),
  ),
  stayHere: z.int(),
});
export type Preview = z.infer<typeof preview>;

/** GET sync/status. The word of state at the foot of the rail, and the progress bar of B6.3. */
/** Whether Salesforce tells of changes by itself (B8.2). */
const changeEvents = z.object({
  /** `off`: nobody who syncs with this org may follow them. */
  state: z.enum(['off', 'opening', 'listening', 'lost', 'refused']),
  since: instant.nullable(),
  lastEventAt: instant.nullable(),
  /** Why not: a code of the catalogue, and Salesforce's own words. */
  code: z.string().nullable(),
  message: z.string().nullable(),
});

export const syncStatus = z.object({
  state: z.enum([
    'off',
    'importing',
    'in_step',
    'catching_up',
    'needs_sign_in',
    'needs_answer',
    'needs_map',
    'stalled',
  ]),
  unsent: z.int(),
  oldestUnsentAt: instant.nullable(),
  lastPollAt: instant.nullable(),
  events: changeEvents,
  linked: z.int(),
  needsAttention: z.int(),
  import: z
    .object({
      state: z.enum(['running', 'done']),
      found: z.int().nullable(),
      imported: z.int(),
      linked: z.int(),
      skipped: z.int(),
      remaining: z.int().nullable(),
    })
    .nullable(),
  /** R13, all tasks of both sides against each other; null before the first. */
  comparison: z
    .object({
      /** `wanted`: asked for; the numbers are those of the last one. `running`: they go up. */
      state: z.enum(['wanted', 'running', 'done']),
      compared: z.int(),
      agreed: z.int(),
      /** Salesforce does not show these any more. */
      missing: z.int(),
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
    })
    .nullable(),
  apiUsage: z.object({ used: z.int(), max: z.int() }).nullable(),
  /** Tandem’s own calls in 24 hours, what it keeps to, and a day at the present pace (B11.7). */
  apiBudget: z.object({ spent: z.int(), allowance: z.int(), forecast: z.int() }).nullable(),
  /** Asked before much is deleted (B11.5); answered by POST sync/brake. */
  brake: z
    .object({
      kind: z.enum(['mass_deletion', 'empty_feed']),
      since: instant,
      toTrash: z.int(),
      toDelete: z.int(),
      missing: z.int(),
      links: z.int(),
    })
    .nullable(),
  /** What stands still (B11.6): no worker, no word from Salesforce, or a change that only gets older. */
  stall: z
    .object({
      kind: z.enum(['worker', 'poll', 'unsent']),
      since: instant,
      whoseMove: z.enum(['nobody', 'admin']),
      /** For an admin: all accounts of the workspace that nobody works on. */
      accounts: z.int(),
    })
    .nullable(),
});
/** POST sync/brake. `count`: how many the person was shown; if more wait by then, they are asked again. */
export const brakeAnswer = z.strictObject({
  answer: z.enum(['go_on', 'keep']),
  count: z.int().min(1).optional(),
});
export type BrakeAnswer = z.infer<typeof brakeAnswer>;
export type SyncStatus = z.infer<typeof syncStatus>;

/** From an edit until the other side has it, in milliseconds; null where nothing was measured. */
const lagSummary = z.object({
  count: z.int(),
  p50Ms: z.int().nullable(),
  p99Ms: z.int().nullable(),
});
/** GET sync/health: the last 24 hours (B11.6, B11.7). */
export const syncHealth = z.object({
  checkedAt: instant,
  status: syncStatus,
  /** How changes in Salesforce are noticed: at the next poll, or as they are told by change events (B8.2). */
  watching: z.enum(['polls', 'events']),
  lastEventAt: instant.nullable(),
  /** When a worker means to look next; null: at this moment, or never while sync is off. */
  nextTurnAt: instant.nullable(),
  lag: z.object({ out: lagSummary, in: lagSummary }),
  /** The last 24 hours, oldest first, each by its beginning. */
  hours: z.array(z.object({ at: instant, calls: z.int(), out: lagSummary, in: lagSummary })),
});
export type SyncHealth = z.infer<typeof syncHealth>;

/** B5. */
export const template = z.object({ template: z.string() });
export const templateUpdate = z.strictObject({ template: z.string().max(1000) });
/** POST template/preview: what the template would make of the newest tasks; writes nothing. */
export const templatePreviewRequest = z.strictObject({ template: z.string().max(1000) });
export const templatePreview = z.object({
  samples: z.array(
    z.object({
      taskId: z.uuid().nullable(),
      name: z.string(),
      subject: z.string(),
      length: z.int(),
      cutFrom: z.int().nullable(),
      /** The template gave nothing here, so the name is used (B5.3). */
      isName: z.boolean(),
    }),
  ),
});
export type TemplatePreview = z.infer<typeof templatePreview>;
