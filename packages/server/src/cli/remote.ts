import { createClient, type TandemClient } from '@tandem/client';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readRunning } from '../running.ts';
import { type Cli, say, sayJson } from './cli.ts';
import { userIdOf } from './who.ts';

/** What a command has found or done, for programs and for people. */
export interface Said {
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** As commander read them: by name, in camel case. */
export type Options = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

export interface RemoteCall {
  readonly client: TandemClient;
  /** Where that Tandem is. */
  readonly url: string;
  readonly args: readonly string[];
  readonly options: Options;
  /** Whose list it reads, for those commands that take --as (B12.5). */
  readonly lookingAs: { readonly as?: string };
  /** One line on standard error that people at a terminal see while they wait. */
  readonly progress: (line: string) => void;
  readonly cli: Cli;
}

export interface RemoteCommand {
  /** With its arguments: `show <id>`. */
  readonly name: string;
  readonly about: string;
  readonly options?: readonly Option[];
  /** Takes --as: managers and admins read what a teammate would (B12.5). */
  readonly viewAs?: true;
  readonly examples: readonly string[];
  readonly run: (call: RemoteCall) => Promise<Said>;
}

/** A command that asks a running Tandem, as any program does: one token, the same rules. */
export function addRemote(parent: Command, cli: Cli, command: RemoteCommand): void {
  const { name, about, options = [], examples, run } = command;
  const added = parent.command(name).description(about);
  for (const option of options) added.addOption(option);
  if (command.viewAs) {
    added.option('--as <who>', 'see what this teammate would; for managers and admins');
  }
  added.option('--json', 'print JSON');
  added.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
  added.action(async () => {
    const { json, as, ...given } = added.opts<Record<string, Options[string]>>();
    const line = progressLine(cli);
    try {
      const remote = remoteOf(cli);
      const said = await run({
        ...remote,
        lookingAs: as === undefined ? {} : { as: await userIdOf(remote.client, String(as)) },
        args: added.processedArgs.flat(),
        options: given,
        progress: line.show,
        cli,
      });
      line.clear();
      if (json === true) sayJson(cli, said.json);
      else for (const one of said.lines) say(cli, one);
    } finally {
      line.clear();
    }
  });
}

/** A setting out of a few words, refused by commander when it is another one. */
export function choice(flags: string, about: string, words: readonly string[]): Option {
  return new Option(flags, about).choices([...words]);
}

export function text(flags: string, about: string): Option {
  return new Option(flags, about);
}

/** Said or not. */
export function flag(name: string, about: string): Option {
  return new Option(name, about);
}

/** May be said several times. */
export function many(flags: string, about: string): Option {
  return new Option(flags, `${about}; may be said several times`).argParser(
    (given: string, before: readonly string[] | undefined) => [...(before ?? []), given],
  );
}

/** A whole number, refused by commander when it is none, or too small or too large. */
export function whole(flags: string, about: string, min: number, max: number): Option {
  return new Option(flags, about).argParser((given) => {
    const number = Number(given);
    if (/^\d+$/.test(given) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  });
}

/** What commander cannot see by itself: options that do not go together. Exit code 2. */
export class UsedWrongly extends Error {
  override name = 'UsedWrongly';
}

function remoteOf(cli: Cli): { client: TandemClient; url: string } {
  const { remote, dataDir, port } = cli.config();
  if (remote.token === null) {
    throw new Error(
      'TANDEM_TOKEN is not set. Make a token in Settings → Programs, or here: export TANDEM_TOKEN=$(tandem token create --user <email>)',
    );
  }
  const url = remote.url ?? readRunning(dataDir)?.url ?? `http://127.0.0.1:${port}`;
  // Somebody waits in front of the screen: two tries, then the reason.
  return { client: createClient({ url, token: remote.token, attemptsMax: 2 }), url };
}

function progressLine(cli: Cli) {
  const live = 'isTTY' in cli.err && cli.err.isTTY === true;
  let shown = false;
  return {
    show(line: string) {
      if (!live) return;
      shown = true;
      cli.err.write(`\r\u001b[2K${line}`);
    },
    clear() {
      if (shown) cli.err.write('\r\u001b[2K');
      shown = false;
    },
  };
}
