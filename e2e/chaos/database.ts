import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideDatabase, surviveLostConnections } from '@tandem/store';
import { Pool } from 'pg';
import { until } from './waiting.ts';

/** Crash recovery and a new start on a busy machine. */
const BACK_MS_MAX = 60_000;
/** The launcher gives up on a server that dies five times under it; it gets a fresh one before that. */
const KILLS_PER_LAUNCH_MAX = 4;

/**
 * The embedded PostgreSQL as `npm start` runs it, and a witness in it: a trigger that writes down every version of
 * every task in the transaction that makes it, and who made it. No part of the product, and nothing it could know of.
 */
export class ChaosDatabase {
  readonly #folder: string;
  #launched: Awaited<ReturnType<typeof provideDatabase>> | null = null;
  #pool: Pool | null = null;
  #killsLeft = 0;
  #port = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A fresh launcher; the server of the last one is stopped in order first. */
  async launch(): Promise<void> {
    await this.stop();
    mkdirSync(this.#folder, { recursive: true });
    // As root, the server runs as another user who has to pass through.
    chmodSync(this.#folder, 0o711);
    this.#launched = await provideDatabase({ databaseUrl: null, dataDir: this.#folder });
    this.#pool = new Pool({ connectionString: this.#url, max: 4, connectionTimeoutMillis: 5_000 });
    surviveLostConnections(this.#pool);
    this.#port = Number(new URL(this.#url).port);
    this.#killsLeft = KILLS_PER_LAUNCH_MAX;
  }

  get killsLeft(): number {
    return this.#killsLeft;
  }

  /** The launcher keeps it over its restarts; while it is away, nobody listens there. */
  get port(): number {
    return this.#port;
  }

  /** The address for a process, through a proxy; the witness knows it by `name`. */
  urlThrough(port: number, name: string): string {
    const url = new URL(this.#url);
    url.port = String(port);
    url.searchParams.set('application_name', name);
    return url.href;
  }

  get #url(): string {
    if (this.#launched === null) throw new Error('PostgreSQL has not been started.');
    return this.#launched.url;
  }

  /** kill -9 of the postmaster. Its launcher starts it again. */
  kill(): void {
    if (this.#killsLeft === 0) return;
    this.#killsLeft -= 1;
    const file = join(this.#folder, 'postgres', '18', 'cluster', 'postmaster.pid');
    try {
      process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
    } catch {
      // It is down already.
    }
  }

  async back(): Promise<void> {
    await this.rows('select 1');
  }

  /** Asks until PostgreSQL answers; only for statements that may run twice. */
  rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return until(
      'PostgreSQL answers',
      async () => {
        try {
          if (this.#pool === null) return null;
          return (await this.#pool.query<Row>(text, [...values])).rows;
        } catch (error) {
          if (error instanceof Error && 'severity' in error && error.severity === 'ERROR') {
            throw error;
          }
          return null;
        }
      },
      BACK_MS_MAX,
    );
  }

  /** In one transaction, so that a second try finds nothing. */
  async witness(): Promise<void> {
    await this.rows(`do $witness$ begin ${WITNESS} end $witness$`);
  }

  async stop(): Promise<void> {
    await this.#pool?.end();
    this.#pool = null;
    const launched = this.#launched;
    this.#launched = null;
    await launched?.stop();
  }
}

const WITNESS = `
  create schema chaos;
  create table chaos.versions (
    number bigserial primary key,
    at timestamptz not null default clock_timestamp(),
    writer text not null default current_setting('application_name'),
    before jsonb,
    after jsonb
  );
  create index on chaos.versions ((split_part(coalesce(after, before)->>'name', ' ', 1)));
  create function chaos.see() returns trigger language plpgsql as $$
  begin
    insert into chaos.versions (before, after) values (to_jsonb(old), to_jsonb(new));
    return null;
  end $$;
  create trigger chaos after insert or update or delete on tandem.tasks
    for each row execute function chaos.see();
`;

/** One version of one task in the app. */
export interface TaskVersion {
  readonly atMs: number;
  readonly writer: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** All versions of tasks whose name ever began with one of these words. */
export function versionsOf(db: ChaosDatabase, tags: readonly string[]): Promise<TaskVersion[]> {
  return db.rows<TaskVersion>(
    `select (extract(epoch from at) * 1000)::float8 as "atMs", writer, before, after
     from chaos.versions
     where split_part(coalesce(after, before)->>'name', ' ', 1) = any($1::text[])
     order by number`,
    [tags],
  );
}
