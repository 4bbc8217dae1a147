import type { ColumnType, Generated } from 'kysely';

/**
 * The tables as Kysely sees them, for the statements written with its builder. The migrations are the
 * truth; schema-manifest.json is what they make; a test holds this file equal to it, column by column.
 */
export interface Schema {
  'tandem.workspaces': Workspaces;
}

export interface Workspaces {
  workspace_id: Generated<string>;
  name: string;
  subject_template: Generated<string>;
  created_at: ColumnType<string, string | undefined, never>;
}
