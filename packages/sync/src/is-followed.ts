import { planLinked } from './plan-linked.ts';
import type { LinkedTask } from './ports.ts';
import type { Run } from './run.ts';

/**
 * Whether a comparison misses the record of this link when Salesforce does not show it. Also one that was seen to
 * be undeleted or given back, and whose plan has to wait until the comparison is through: it lives by then, and
 * would be taken for shown (B7.2).
 */
export function isFollowed(run: Run, linked: LinkedTask): boolean {
  const { state, sf } = linked.link;
  if (state === 'live') return true;
  return sf.kind === 'seen' && !sf.task.IsDeleted && planLinked(run, linked).state === 'live';
}
