import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { until } from './waiting.ts';

/** Booting from source on a busy machine. */
const READY_MS_MAX = 60_000;
/** A program that ends this often before it is ready will not get ready: the database is away for seconds at most. */
const STARTS_MAX = 40;
/** Between two starts of a program that ended by itself, as a service manager pauses. */
const RESTART_MS = 300;
/** After that a farewell is no longer waited for. */
const STOP_MS_MAX = 15_000;

/** A program that is started again whenever it ends, as by a service manager; its output goes to one file. */
export class Child {
  readonly name: string;
  readonly logFile: string;
  /** How often it ended while it worked, without anybody having killed it. Not to start without a database is fair. */
  endedByItself = 0;
  #child: ChildProcess | null = null;
  #ready = false;
  #closing = false;
  #killing = false;
  #starts = 0;
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;

  constructor(options: {
    name: string;
    args: readonly string[];
    env: Readonly<Record<string, string>>;
    logFile: string;
  }) {
    this.name = options.name;
    this.logFile = options.logFile;
    this.#args = options.args;
    this.#env = options.env;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  start(): void {
    this.#ready = false;
    this.#starts += 1;
    const log = createWriteStream(this.logFile, { flags: 'a' });
    const child = spawn(process.execPath, [...this.#args], {
      env: { ...process.env, NODE_ENV: '', VITEST: '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    log.write(`--- ${this.name}, process ${child.pid}\n`);
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('"ready":true')) {
        this.#ready = true;
        this.#starts = 0;
      }
      log.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
    child.once('close', (code, killedBy) => {
      log.end(`--- ended: ${killedBy ?? code}\n`);
      if (this.#child !== child) return;
      const worked = this.#ready;
      this.#ready = false;
      if (this.#closing) return;
      if (worked && !this.#killing) this.endedByItself += 1;
      this.#killing = false;
      if (this.#starts >= STARTS_MAX) return;
      setTimeout(() => {
        if (!this.#closing) this.start();
      }, RESTART_MS);
    });
  }

  async ready(): Promise<void> {
    await until(
      `${this.name} is ready (log: ${this.logFile})`,
      () => (this.#ready ? true : null),
      READY_MS_MAX,
    );
  }

  /** SIGKILL: no farewell, nothing is given back. Started again right away. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    this.#killing = true;
    this.#ready = false;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Its clock stops; its connections stay open. Answers how to let this very process go on. */
  freeze(): () => void {
    const child = this.#child;
    child?.kill('SIGSTOP');
    return () => child?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.#closing = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    await gone;
    clearTimeout(late);
  }
}
