#!/usr/bin/env node
// The command runs from source: tsx teaches Node to read TypeScript, nothing is built.
import { register } from 'tsx/esm/api';

register();
const { runCommand } = await import('../src/cli/main.ts');
process.exitCode = await runCommand(process.argv.slice(2), process.env);
