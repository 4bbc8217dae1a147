import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, wherever it was cloned and wherever the command was started. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export const inRoot = (...parts) => join(root, ...parts);

/** A program that npm installed. */
export const bin = (name) => inRoot('node_modules', '.bin', name);
