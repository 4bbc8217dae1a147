export type { Actor, Role } from './actor.ts';
export { AUDIT_ACTIONS, type AuditAction, type AuditDraft } from './audit/append-audit.ts';
export {
  type AuditEntryView,
  type AuditFilter,
  listAudit,
  noteAudit,
  noteKeyChange,
  noteSeldom,
  purgeAudit,
} from './audit/audit.ts';
export { claimFeeds, type FeedLease, releaseFeed, renewFeed } from './change-events/claim-feeds.ts';
export { createEventFeed } from './change-events/event-feed.ts';
export type { EventsView } from './change-events/event-feed-view.ts';
export { checkSchema, type SchemaCheck } from './check-schema.ts';
export {
  type AnswerBrakeResult,
  answerBrake,
  type BrakeAnswer,
} from './connections/answer-brake.ts';
export type {
  ConnectionKey,
  ConnectionView,
  NewConnection,
  SaveConnectionResult,
} from './connections/connection.ts';
export {
  connectionByKey,
  disconnect,
  getConnection,
  loadTokens,
  saveTokens,
} from './connections/connections.ts';
export { saveConnection } from './connections/save-connection.ts';
export { saveTaskAccess } from './connections/save-task-access.ts';
export { getSettings, putSettings, savePicklists } from './connections/settings.ts';
export type * from './connections/settings-types.ts';
export { noteSignInNeeded } from './connections/sign-in-needed.ts';
export { type SwitchResult, switchOff, switchOn } from './connections/switch.ts';
export { getTeamSync, putTeamSync, startWaiting, teamSyncOf } from './connections/team.ts';
export { wantComparison } from './connections/want-comparison.ts';
export { type Database, openDatabase } from './database.ts';
export { InvalidValue, LeaseLost } from './errors.ts';
export type { StoreEvent } from './events/event.ts';
export { type Listener, listen } from './events/listen.ts';
export { type Examination, examineDatabase } from './identity/examine-database.ts';
export { type DatabaseIdentity, readIdentity } from './identity/identity.ts';
export { noteRestored } from './identity/note-restored.ts';
export { taskHistory } from './journal/history.ts';
export type * from './journal/history-types.ts';
export { restoreValue } from './journal/restore-value.ts';
export { teamHistory } from './journal/team-history.ts';
export { linkedRecordIds } from './links/linked-record-ids.ts';
export { createSyncStore } from './links/sync-store.ts';
export { surviveLostConnections } from './lost-connections.ts';
export { migrate } from './migrate.ts';
export { provideDatabase } from './postgres/provide-database.ts';
export {
  type Digest,
  type DigestDay,
  type DigestTask,
  digestOf,
} from './reminders/digest-tasks.ts';
export { forgetDueWords, sayLateDue } from './reminders/late-due.ts';
export {
  dropLateMails,
  type MailOutcome,
  settleMail,
  takeMails,
} from './reminders/mail-queue.ts';
export {
  addTestNotice,
  listNotices,
  markNotices,
  purgeNotices,
} from './reminders/notices.ts';
export { adoptMembers, planReminders } from './reminders/plan-reminders.ts';
export {
  getReminders,
  putReminders,
  stopMails,
  type Unsubscribed,
} from './reminders/reminder-settings.ts';
export type * from './reminders/reminder-types.ts';
export { DEFAULT_REMINDERS } from './reminders/reminder-types.ts';
export { watchTroubles } from './reminders/watch-troubles.ts';
export {
  claimKey,
  finishKey,
  type KeyClaim,
  purgeKeys,
  releaseKey,
} from './requests/idempotency.ts';
export {
  replaceSealed,
  SEALED_PLACES,
  type SealedPlace,
  type SealedValue,
  sealedByOthers,
} from './sealed/sealed-values.ts';
export {
  type ChangedProblems,
  changeCause,
  changeProblems,
  type ProblemAction,
} from './status/change-problems.ts';
export { countHealth, type HealthCounts } from './status/count-health.ts';
export { type HealthView, health } from './status/health.ts';
export { listProblems, type ProblemFilter, problemCauses } from './status/problems.ts';
export { EVENTS_REST_MS } from './status/stall.ts';
export type * from './status/status-types.ts';
export { syncStatus } from './status/sync-status.ts';
export { countTasks } from './tasks/count-tasks.ts';
export { countUnlinkedTasks } from './tasks/count-unlinked.ts';
export { createTasks } from './tasks/create-tasks.ts';
export type { TaskCounts, TaskFilter, TaskPage, TaskSort } from './tasks/filter.ts';
export { type ImportOutcome, type ImportRow, importTasks } from './tasks/import-tasks.ts';
export { listTasks } from './tasks/list-tasks.ts';
export { patchTask, patchTasks } from './tasks/patch-tasks.ts';
export { readSides, type SalesforceSideView } from './tasks/read-sides.ts';
export { getTask } from './tasks/read-tasks.ts';
export { type SendResult, sendToSalesforce } from './tasks/send.ts';
export { listTaskPeople } from './tasks/task-people.ts';
export type * from './tasks/task-view.ts';
export { purgeTrash, restoreTask, restoreTasks, trashTask, trashTasks } from './tasks/trash.ts';
export { dueConnections } from './wake/due.ts';
export { APPOINTED_AFTER_EDIT_MS, wakeConnection } from './wake/wake.ts';
export {
  listDeliveries,
  pingWebhook,
  type QueueResult,
  sendAgain,
} from './webhooks/deliveries.ts';
export type { TaskEventData } from './webhooks/record-events.ts';
export {
  type DeliveryOutcome,
  dueWebhooks,
  nextDeliveryAt,
  purgeDeliveries,
  settleDelivery,
  stopFlooded,
  type TakenDelivery,
  takeDelivery,
  wakeWebhook,
} from './webhooks/send-queue.ts';
export type * from './webhooks/webhook-types.ts';
export {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  patchWebhook,
  rotateWebhookSecret,
  type WebhookChange,
} from './webhooks/webhooks.ts';
export {
  type ApiToken,
  createApiToken,
  findApiToken,
  listApiTokens,
  type NewApiToken,
  revokeApiToken,
} from './workspace/api-tokens.ts';
export {
  type AcceptResult,
  acceptInvitation,
  createInvitation,
  findInvitation,
  type InvitationView,
  listInvitations,
  type OpenInvitation,
  purgeInvitations,
  revokeInvitation,
} from './workspace/invitations.ts';
export { noteSeen } from './workspace/last-seen.ts';
export { memberLocale } from './workspace/member-locale.ts';
export {
  findMember,
  listMembers,
  type MemberView,
  pageMembers,
  type TeamMemberView,
  teamMember,
  updateMember,
} from './workspace/members.ts';
export {
  createView,
  deleteView,
  listViews,
  patchView,
  type SavedView,
} from './workspace/saved-views.ts';
export { endSessions, listSessions, type SessionView } from './workspace/sessions.ts';
export { changeRole, removeMember, renameWorkspace, type TeamResult } from './workspace/team.ts';
export {
  addMember,
  ensureWorkspace,
  getTemplate,
  getWorkspace,
  isRemoved,
  memberOf,
  putTemplate,
} from './workspace/workspaces.ts';
