import { type Role, role } from '@tandem/api';
import { UsedWrongly } from './remote.ts';

export const ROLES = role.options;

export function roleOf(word: string): Role {
  const found = ROLES.find((one) => one === word);
  if (found !== undefined) return found;
  throw new UsedWrongly(`A role is ${ROLES.join(', ')}, not "${word}".`);
}
