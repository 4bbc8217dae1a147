import { BrokenInvariant } from '@tandem/engine';
import { ValueRefused } from './ports.ts';

/**
 * An error that one row caused and would cause again: the database cannot hold one of its values, or the
 * code that decides about it met something it does not know. A lost lease or a lost connection is not one.
 */
export function isPoison(error: unknown): boolean {
  return (
    (error instanceof Error && error.name === ValueRefused.name) ||
    error instanceof BrokenInvariant ||
    error instanceof TypeError ||
    error instanceof RangeError
  );
}
