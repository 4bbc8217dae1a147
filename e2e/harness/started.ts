import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
/** A first start with a page to build on a busy machine; packages are in place, or no test would run. */
const READY_MS_MAX = 120_000;
const END_MS_MAX = 120_000;

/** `npm start` as a person runs it: a process of its own group, looked at through what it prints. */
export class Started {
  readonly child: ChildProcess;
  output = '';
  /** All that it ever wrote was read. A process has ended before that: its last line may still be under way. */
  #silent = false;

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [SCRIPT], {
      detached: true,
      env: { ...process.env, NODE_ENV: '', VITEST: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk) => {
        this.output += chunk;
      });
    this.child.on('close', () => {
      this.#silent = true;
    });
  }

  /** The address of the page, once it is printed. */
  async ready(): Promise<string> {
    await eventually(
      async () => this.output,
      (text) => text.includes('Ctrl-C') || this.#silent,
      READY_MS_MAX,
    );
    const address = /Open\s+(http:\S+)/.exec(this.output)?.[1];
    if (address === undefined) throw new Error(`It did not start:\n${this.output}`);
    return address;
  }

  /** Ctrl-C in a terminal reaches the whole group. */
  pressCtrlC(): void {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
  }

  async ended(): Promise<number | null> {
    await eventually(
      async () => this.#silent,
      (silent) => silent,
      END_MS_MAX,
    );
    return this.child.exitCode;
  }
}
