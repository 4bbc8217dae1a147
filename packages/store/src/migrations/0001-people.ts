import { type Kysely, sql } from 'kysely';

/**
 * Who uses Tandem. New tables only: takes no lock that anybody could wait for.
 * Every primary key begins with the workspace (I13), so that workspaces can be spread over servers; for
 * the same reason nothing here refers to the sign-in tables, which belong to the whole installation.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await workspaces(db);
  await signIn(db);
}

async function workspaces(db: Kysely<unknown>) {
  await sql`
    create table tandem.workspaces (
      workspace_id uuid not null default gen_random_uuid(),
      name text not null,
      -- B5.2: the default template.
      subject_template text not null default '{{activity_subject}}',
      created_at timestamptz(3) not null,
      constraint workspaces_pkey primary key (workspace_id),
      constraint workspaces_name_length check (char_length(name) between 1 and 255),
      constraint workspaces_template_length check (char_length(subject_template) <= 1000)
    );

    create table tandem.members (
      workspace_id uuid not null,
      user_id text not null,
      role text not null,
      time_zone text,
      locale text not null default 'en',
      created_at timestamptz(3) not null,
      constraint members_pkey primary key (workspace_id, user_id),
      constraint members_workspace foreign key (workspace_id) references tandem.workspaces,
      constraint members_role check (role in ('admin', 'manager', 'rep')),
      constraint members_locale check (locale in ('en', 'zh-CN')),
      constraint members_time_zone_length check (char_length(time_zone) <= 64)
    );
    -- A person is in one workspace, so that a session says which one.
    create unique index members_one_workspace_per_user on tandem.members (user_id);

    create table tandem.api_tokens (
      workspace_id uuid not null,
      token_id uuid not null default gen_random_uuid(),
      user_id text not null,
      name text not null,
      hash text not null,
      created_at timestamptz(3) not null,
      last_used_at timestamptz(3),
      constraint api_tokens_pkey primary key (workspace_id, token_id),
      constraint api_tokens_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade,
      constraint api_tokens_name_length check (char_length(name) between 1 and 255),
      constraint api_tokens_hash_length check (char_length(hash) between 32 and 128)
    );
    -- A token is looked up by its hash alone; two tokens never share one.
    create unique index api_tokens_one_per_hash on tandem.api_tokens (hash);
    create index api_tokens_by_user on tandem.api_tokens (workspace_id, user_id);
  `.execute(db);
}

/** better-auth 1.7's own tables with its default names; it reads and writes them through its own pool. */
async function signIn(db: Kysely<unknown>) {
  await sql`
    create schema auth;

    create table auth."user" (
      "id" text not null constraint user_pkey primary key,
      "name" text not null,
      "email" text not null constraint user_email_key unique,
      "emailVerified" boolean not null,
      "image" text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp
    );

    create table auth."session" (
      "id" text not null constraint session_pkey primary key,
      "expiresAt" timestamptz not null,
      "token" text not null constraint session_token_key unique,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null,
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null constraint session_of_user references auth."user" on delete cascade
    );
    create index "session_userId_idx" on auth."session" ("userId");

    create table auth."account" (
      "id" text not null constraint account_pkey primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null constraint account_of_user references auth."user" on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      "scope" text,
      "password" text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null
    );
    create index "account_userId_idx" on auth."account" ("userId");

    create table auth."verification" (
      "id" text not null constraint verification_pkey primary key,
      "identifier" text not null,
      "value" text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp
    );
    create index "verification_identifier_idx" on auth."verification" ("identifier");
  `.execute(db);
}
