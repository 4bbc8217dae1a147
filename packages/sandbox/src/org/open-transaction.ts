import type { Ctx, DmlResult, OpenTransaction, Org } from './org.ts';

let serial = 0;

/**
 * A transaction that has begun and not ended. Each write keeps the stamp of its moment and is carried
 * out at commit, so readers meet rows whose SystemModstamp is older than what they already read.
 */
export function holdTransaction(
  org: Org & {
    transaction<T>(ctx: Ctx, work: () => { keep: boolean; value: T }): T;
  },
  ctx: Ctx,
  atStamp: <T>(at: number, work: () => T) => T,
  ended: () => void,
): OpenTransaction {
  serial += 1;
  const writes: { readonly at: number; readonly run: () => DmlResult }[] = [];
  const later = (run: () => DmlResult) => {
    writes.push({ at: org.clock.now(), run });
  };
  return {
    id: `tx-${serial}`,
    startedAt: org.clock.now(),
    insert: (object, fields) => later(() => org.insert(object, fields, ctx)),
    update: (object, id, fields) => later(() => org.update(object, id, fields, ctx)),
    remove: (object, id) => later(() => org.remove(object, id, ctx)),
    commit: () => {
      ended();
      return org.transaction(ctx, () => ({
        keep: true,
        value: writes.splice(0).map(({ at, run }) => atStamp(at, run)),
      }));
    },
    rollback: () => {
      ended();
      writes.length = 0;
    },
  };
}
