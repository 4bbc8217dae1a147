import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config/config.ts';
import { commandsDocument } from './commands-document.ts';
import { buildProgram } from './main.ts';

const program = buildProgram({
  config: () => readConfig({}),
  out: process.stdout,
  err: process.stderr,
  stopSignal: async () => '',
  exitCode: 0,
});
writeFileSync(
  fileURLToPath(new URL('../../../../docs/COMMANDS.md', import.meta.url)),
  commandsDocument(program),
);
