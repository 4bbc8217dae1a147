/** Stand-ins so that callers compile while the store grows; this file disappears. */
import type { Instant, PlainDate } from '@tandem/engine';
import type { Actor, Role } from './actor.ts';
import type {
  ConnectionKey,
  ConnectionView,
  NewConnection,
  SaveConnectionResult,
} from './connections/connection.ts';
import type {
  Picklists,
  SyncSettingsChange,
  SyncSettingsView,
} from './connections/settings-types.ts';
import type { Database } from './database.ts';
import type { StoreEvent } from './events/event.ts';
import type { HistoryPage, RestoreValueResult } from './journal/history-types.ts';
import type { SyncProblemPage, SyncStatusView } from './status/status-types.ts';
import type { TaskCounts, TaskFilter, TaskPage } from './tasks/filter.ts';
import type {
  NewTaskRow,
  TaskResult,
  TaskRowPatch,
  TasksResult,
  TaskView,
} from './tasks/task-view.ts';
import type {
  ApiToken,
  Listener,
  MemberView,
  NewApiToken,
  RestoredProblem,
  SendResult,
  SwitchResult,
} from './unbuilt-types.ts';

const unbuilt = (): never => {
  throw new Error('not built yet');
};

export const checkSchema: (
  db: Database,
) => Promise<{ ok: true } | { ok: false; differences: readonly string[] }> = unbuilt;

export const createTasks: (
  db: Database,
  actor: Actor,
  inputs: readonly NewTaskRow[],
  at: Instant,
) => Promise<readonly TaskView[]> = unbuilt;
export const getTask: (db: Database, actor: Actor, id: string) => Promise<TaskView | null> =
  unbuilt;
export const listTasks: (db: Database, actor: Actor, filter: TaskFilter) => Promise<TaskPage> =
  unbuilt;
export const countTasks: (db: Database, actor: Actor, today: PlainDate) => Promise<TaskCounts> =
  unbuilt;
export const patchTask: (
  db: Database,
  actor: Actor,
  id: string,
  patch: TaskRowPatch,
  at: Instant,
) => Promise<TaskResult> = unbuilt;
export const patchTasks: (
  db: Database,
  actor: Actor,
  ids: readonly string[],
  patch: TaskRowPatch,
  at: Instant,
) => Promise<TasksResult> = unbuilt;
export const trashTask: (
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
) => Promise<TaskResult> = unbuilt;
export const trashTasks: (
  db: Database,
  actor: Actor,
  ids: readonly string[],
  at: Instant,
) => Promise<TasksResult> = unbuilt;
export const restoreTask: (
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
) => Promise<TaskResult> = unbuilt;
export const restoreTasks: (
  db: Database,
  actor: Actor,
  ids: readonly string[],
  at: Instant,
) => Promise<TasksResult> = unbuilt;
export const purgeTrash: (db: Database, olderThan: Instant) => Promise<{ purged: number }> =
  unbuilt;
export const sendToSalesforce: (
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
) => Promise<SendResult> = unbuilt;

export const taskHistory: (
  db: Database,
  actor: Actor,
  taskId: string,
  cursor?: string,
) => Promise<HistoryPage | null> = unbuilt;
export const restoreValue: (
  db: Database,
  actor: Actor,
  taskId: string,
  entryId: string,
  at: Instant,
) => Promise<RestoreValueResult> = unbuilt;

export const saveConnection: (
  db: Database,
  actor: Actor,
  input: NewConnection,
  at: Instant,
) => Promise<SaveConnectionResult> = unbuilt;
export const getConnection: (db: Database, actor: Actor) => Promise<ConnectionView | null> =
  unbuilt;
export const connectionByKey: (db: Database, key: ConnectionKey) => Promise<ConnectionView | null> =
  unbuilt;
export const disconnect: (db: Database, actor: Actor, at: Instant) => Promise<void> = unbuilt;
export const loadTokens: (db: Database, key: ConnectionKey) => Promise<Uint8Array | null> = unbuilt;
export const saveTokens: (db: Database, key: ConnectionKey, tokens: Uint8Array) => Promise<void> =
  unbuilt;
export const getSettings: (db: Database, actor: Actor) => Promise<SyncSettingsView | null> =
  unbuilt;
export const putSettings: (
  db: Database,
  actor: Actor,
  change: SyncSettingsChange,
  at: Instant,
) => Promise<SyncSettingsView | null> = unbuilt;
export const savePicklists: (
  db: Database,
  workspaceId: string,
  orgId: string,
  read: { picklists: Picklists; creationKeyField: boolean },
  at: Instant,
) => Promise<void> = unbuilt;
export const switchOn: (
  db: Database,
  actor: Actor,
  windowStart: Instant | null,
  at: Instant,
) => Promise<SwitchResult> = unbuilt;
export const switchOff: (db: Database, actor: Actor, at: Instant) => Promise<SwitchResult> =
  unbuilt;

export const getTemplate: (db: Database, actor: Actor) => Promise<string> = unbuilt;
export const putTemplate: (
  db: Database,
  actor: Actor,
  template: string,
  at: Instant,
) => Promise<void> = unbuilt;

export const syncStatus: (db: Database, actor: Actor, now: Instant) => Promise<SyncStatusView> =
  unbuilt;
export const listProblems: (
  db: Database,
  actor: Actor,
  cursor?: string,
) => Promise<SyncProblemPage> = unbuilt;
export const retryProblem: (
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
) => Promise<RestoredProblem> = unbuilt;
export const ignoreProblem: (
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
) => Promise<RestoredProblem> = unbuilt;

/** `runAt` null: at once. */
export const wakeConnection: (db: Database, key: ConnectionKey, runAt?: Instant) => Promise<void> =
  unbuilt;
export const dueConnections: (db: Database, now: Instant) => Promise<readonly ConnectionKey[]> =
  unbuilt;

export const createApiToken: (
  db: Database,
  actor: Actor,
  token: NewApiToken,
  at: Instant,
) => Promise<ApiToken> = unbuilt;
export const findApiToken: (db: Database, hash: string, at: Instant) => Promise<Actor | null> =
  unbuilt;
export const listApiTokens: (db: Database, actor: Actor) => Promise<readonly ApiToken[]> = unbuilt;
export const revokeApiToken: (
  db: Database,
  actor: Actor,
  tokenId: string,
  at: Instant,
) => Promise<boolean> = unbuilt;

export const ensureWorkspace: (
  db: Database,
  user: { id: string; name: string },
  at: Instant,
) => Promise<Actor> = unbuilt;
export const memberOf: (db: Database, userId: string) => Promise<Actor | null> = unbuilt;
export const addMember: (
  db: Database,
  workspaceId: string,
  member: { userId: string; role: Role },
  at: Instant,
) => Promise<Actor> = unbuilt;
export const listMembers: (db: Database, actor: Actor) => Promise<readonly MemberView[]> = unbuilt;
export const updateMember: (
  db: Database,
  actor: Actor,
  userId: string,
  change: { role?: Role; timeZone?: string; locale?: 'en' | 'zh-CN' },
) => Promise<MemberView | null> = unbuilt;
export const getWorkspace: (
  db: Database,
  actor: Actor,
) => Promise<{ workspaceId: string; name: string } | null> = unbuilt;

export const listen: (
  db: Database,
  onEvent: (event: StoreEvent) => void,
  onGap: () => void,
) => Promise<Listener> = unbuilt;
