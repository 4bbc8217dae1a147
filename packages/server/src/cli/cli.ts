import type { Writable } from 'node:stream';
import type { Config } from '../config/config.ts';

/** What every command gets; tests bring their own. */
export interface Cli {
  config(): Config;
  readonly out: Writable;
  readonly err: Writable;
  /** Resolves when somebody wants the program to stop. */
  stopSignal(): Promise<string>;
  exitCode: number;
}

export function say(cli: Cli, line: string): void {
  cli.out.write(`${line}\n`);
}

export function sayJson(cli: Cli, value: unknown): void {
  cli.out.write(`${JSON.stringify(value)}\n`);
}
