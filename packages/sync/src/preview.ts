import {
  type Instant,
  isWorthTelling,
  type Policy,
  planImport,
  type SalesforceFault,
  type SalesforceId,
  type SalesforceTask,
  type SkipReason,
} from '@tandem/engine';
import type { SalesforcePort } from './ports.ts';
import { lostReply } from './run.ts';

/** Names shown for recognition; the counts are always complete. */
const SAMPLE_MAX = 5;
/** The import reads as many pages at the most. */
const PAGES_MAX = 500;

export interface ImportPreview {
  readonly import: number;
  readonly link: number;
  readonly skip: number;
  readonly importSample: readonly {
    readonly salesforceId: SalesforceId;
    readonly subject: string;
  }[];
  readonly skipReasons: readonly {
    readonly reason: SkipReason;
    readonly count: number;
    readonly sample: readonly string[];
  }[];
}

export interface PreviewInput {
  readonly salesforce: SalesforcePort;
  readonly policy: Policy;
  readonly salesforceUserId: SalesforceId;
  readonly windowStart: Instant | null;
  /** Which of these records are linked already. */
  readonly linked: (ids: readonly SalesforceId[]) => Promise<ReadonlySet<SalesforceId>>;
}

/** B6.2: what Save would do, decided by the same function, writing nothing. */
export async function previewImport(
  input: PreviewInput,
): Promise<
  | { readonly kind: 'ok'; readonly preview: ImportPreview }
  | { readonly kind: 'fault'; readonly fault: SalesforceFault }
> {
  const importSample: { salesforceId: SalesforceId; subject: string }[] = [];
  const reasons = new Map<SkipReason, { count: number; sample: string[] }>();
  const totals = { import: 0, link: 0, skip: 0 };

  const count = (task: SalesforceTask, isLinked: boolean) => {
    if (isLinked) {
      totals.link += 1;
      return;
    }
    const decision = planImport(task, input.policy);
    const subject = task.Subject ?? '';
    if (decision.kind === 'import') {
      totals.import += 1;
      if (importSample.length < SAMPLE_MAX) importSample.push({ salesforceId: task.Id, subject });
      return;
    }
    if (!isWorthTelling(decision.reason)) return;
    totals.skip += 1;
    const seen = reasons.get(decision.reason) ?? { count: 0, sample: [] };
    seen.count += 1;
    if (seen.sample.length < SAMPLE_MAX) seen.sample.push(subject);
    reasons.set(decision.reason, seen);
  };

  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const at: string | null = cursor;
    const reply = await input.salesforce.importPage(input.salesforceUserId, input.windowStart, at);
    if (reply.kind === 'fault') return { kind: 'fault', fault: reply.fault };
    if (reply.kind === 'unknown') return { kind: 'fault', fault: lostReply(reply.message) };
    const linked = await input.linked(reply.value.tasks.map((task) => task.Id));
    for (const task of reply.value.tasks) count(task, linked.has(task.Id));
    cursor = reply.value.next;
    if (cursor === null) break;
  }
  const skipReasons = [...reasons].map(([reason, seen]) => ({ reason, ...seen }));
  return { kind: 'ok', preview: { ...totals, importSample, skipReasons } };
}
