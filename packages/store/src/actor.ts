/** `rep` sees own tasks; `manager` and `admin` see every task of the workspace (B12.1). */
export type Role = 'admin' | 'manager' | 'rep';

/** Who asks. Every function that takes one filters by its workspace (I13) and by what its role may see. */
export interface Actor {
  readonly workspaceId: string;
  readonly userId: string;
  readonly role: Role;
}
