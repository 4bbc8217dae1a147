import { Writable } from 'node:stream';
import { expect } from 'vitest';
import { runCommand } from '../cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The `tandem` command in this process, in front of a terminal if asked for. */
export function tandemCommand(env: Readonly<Record<string, string>>) {
  async function run(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
    isTTY = false,
  ): Promise<Ran> {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommand(
      args,
      { ...env, ...more },
      { out: into(out), err: Object.assign(into(err), { isTTY }) },
    );
    return { code, out: out.join(''), err: err.join('') };
  }

  /** What it says with --json, of a command that must not fail. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  async function json(...args: string[]): Promise<any> {
    const { code, out, err } = await run([...args, '--json']);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out);
  }
  return { run, json };
}

function into(list: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      list.push(String(chunk));
      done();
    },
  });
}
