import { type Kysely, sql } from 'kysely';

/**
 * B12.4: who did what to settings, team, tokens and connections. Ids and names of settings only: no task's
 * text, no secret. Nobody changes an entry, and nobody removes one before its time, Tandem neither.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.audit (
      workspace_id uuid not null,
      entry_id bigint generated always as identity,
      at timestamptz(3) not null,
      -- Null: nobody who was signed in.
      actor text,
      action text not null,
      -- Whom or what it was done to: a member, a token, a webhook.
      target text,
      data jsonb not null default '{}',
      constraint audit_pkey primary key (workspace_id, entry_id),
      constraint audit_workspace foreign key (workspace_id) references tandem.workspaces,
      constraint audit_action check (action ~ '^[a-z_]{1,40}$'),
      constraint audit_target_length check (char_length(target) <= 200),
      constraint audit_data_length check (octet_length(data::text) <= 2000)
    );
    create index audit_by_action on tandem.audit (workspace_id, action, entry_id);
    create index audit_by_actor on tandem.audit (workspace_id, actor, entry_id);
    create index audit_old on tandem.audit (at);

    create function tandem.keep_audit() returns trigger language plpgsql as $$
    begin
      -- By the database's own clock: no program's word is taken for how old an entry is.
      if tg_op = 'DELETE' and old.at < now() - interval '400 days' then
        return old;
      end if;
      raise exception 'The audit log is only ever added to.' using errcode = 'restrict_violation';
    end $$;
    create trigger audit_is_kept before update or delete on tandem.audit
      for each row execute function tandem.keep_audit();
    create trigger audit_is_not_emptied before truncate on tandem.audit
      for each statement execute function tandem.keep_audit();
  `.execute(db);
}
