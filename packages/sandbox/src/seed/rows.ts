import type { Ctx, Id, InputFields, Org } from '../org/org.ts';

export function mustInsert(
  org: Org,
  rows: readonly { readonly object: string; readonly fields: InputFields }[],
  ctx: Ctx,
): readonly Id[] {
  return org.insertMany(rows, ctx).map((result, index) => {
    if (result.ok) return result.id;
    const what = JSON.stringify(rows[index]).slice(0, 200);
    throw new Error(`the seed row was refused: ${result.errors[0]?.message}: ${what}`);
  });
}

export function controlOf(userId: Id): Ctx {
  return { userId, client: null, source: 'control' };
}

export function stamp(ms: number): string {
  return new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
}

export function dayFrom(now: number, days: number): string {
  return new Date(now + days * 86_400_000).toISOString().slice(0, 10);
}
