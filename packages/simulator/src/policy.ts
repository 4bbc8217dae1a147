import {
  DEFAULT_TEMPLATE,
  type Policy,
  STANDARD_PRIORITY_MAP,
  STANDARD_STATUS_MAP,
} from '@tandem/engine';
import type { Rng } from './random.ts';

/** Two connected users, one org, one stranger, and the settings an admin may choose. */

export const U1 = 'user-1';
export const U2 = 'user-2';
export const U1_SF = '005000000000001AAA';
export const U2_SF = '005000000000002AAA';
export const STRANGER_SF = '005000000000009AAA';
export const ORG = '00D000000000001AAA';
export const KEY = { workspaceId: 'w', connectionId: 'c' } as const;

export const PEOPLE = [
  null,
  { id: '003000000000001AAA', type: 'Contact', name: 'Ida' },
  { id: '003000000000002AAA', type: 'Contact', name: 'Omar' },
  { id: '00Q000000000003AAA', type: 'Lead', name: 'Lin' },
] as const;

/** `Void` is closed and unmapped, the two after it open and unmapped (B3.2, B3.5). */
export const STATUSES = ['Not Started', 'Completed', 'In Progress', 'Deferred', 'Void'] as const;
export const CLOSED: ReadonlySet<string> = new Set(['Completed', 'Void']);
export const PRIORITIES = ['Normal', 'High', 'Low'] as const;

const TEMPLATES = [DEFAULT_TEMPLATE, DEFAULT_TEMPLATE, 'Call: {{activity_subject}}', 'Follow-up'];
const RULES = ['latest', 'latest', 'salesforce', 'app'] as const;

export function makePolicy(rng: Rng): Policy {
  const status = rng.chance(0.3)
    ? {
        ...STANDARD_STATUS_MAP,
        toApp: { ...STANDARD_STATUS_MAP.toApp, 'In Progress': 'open' as const },
      }
    : STANDARD_STATUS_MAP;
  const together = rng.chance(0.6);
  return {
    status,
    priority: STANDARD_PRIORITY_MAP,
    reopenToFormerStatus: rng.chance(0.3),
    subjectTemplate: rng.pick(TEMPLATES),
    conflict: rng.pick(RULES),
    owners: together
      ? { toSf: { [U1]: U1_SF, [U2]: U2_SF }, toApp: { [U1_SF]: U1, [U2_SF]: U2 } }
      : { toSf: { [U1]: U1_SF }, toApp: { [U1_SF]: U1 } },
  };
}
