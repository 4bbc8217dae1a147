import { createClient, type TandemClient } from '@tandem/client';
import { type Command, Option } from 'commander';
import { readRunning } from '../running.ts';
import { type Cli, say, sayJson } from './cli.ts';

/** What a command has found or done, for programs and for people. */
export interface Said {
  readonly json: unknown;
  readonly lines: readonly string[];
}

export interface RemoteCall {
  readonly client: TandemClient;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** One line on standard error that people at a terminal see while they wait. */
  readonly progress: (line: string) => void;
  readonly cli: Cli;
}

export interface RemoteCommand {
  /** With its arguments: `show <id>`. */
  readonly name: string;
  readonly about: string;
  readonly options?: readonly Option[];
  readonly examples: readonly string[];
  readonly run: (call: RemoteCall) => Promise<Said>;
}

/** A command that asks a running Tandem, as any program does: one token, the same rules. */
export function addRemote(parent: Command, cli: Cli, command: RemoteCommand): void {
  const { name, about, options = [], examples, run } = command;
  const added = parent.command(name).description(about);
  for (const option of options) added.addOption(option);
  added.option('--json', 'print JSON');
  added.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
  added.action(async () => {
    const { json, ...given } = added.opts<Record<string, string | boolean | undefined>>();
    const line = progressLine(cli);
    try {
      const said = await run({
        client: remoteClient(cli),
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

function remoteClient(cli: Cli): TandemClient {
  const { remote, dataDir, port } = cli.config();
  if (remote.token === null) {
    throw new Error(
      'TANDEM_TOKEN is not set. Make a token in Settings → Programs, or here: export TANDEM_TOKEN=$(tandem token create --user <email>)',
    );
  }
  const url = remote.url ?? readRunning(dataDir)?.url ?? `http://127.0.0.1:${port}`;
  // Somebody waits in front of the screen: two tries, then the reason.
  return createClient({ url, token: remote.token, attemptsMax: 2 });
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
