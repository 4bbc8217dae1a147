/**
 * Something changed; whoever shows it reads it again. `userIds` are the owners it concerns
 * (managers and admins see all of their workspace anyway). An empty `taskIds` says "too many to name".
 */
export type StoreEvent =
  | {
      readonly type: 'tasks';
      readonly workspaceId: string;
      readonly userIds: readonly string[];
      readonly taskIds: readonly string[];
    }
  | { readonly type: 'sync'; readonly workspaceId: string; readonly userIds: readonly string[] }
  | { readonly type: 'notices'; readonly workspaceId: string; readonly userIds: readonly string[] }
  | { readonly type: 'settings'; readonly workspaceId: string };
