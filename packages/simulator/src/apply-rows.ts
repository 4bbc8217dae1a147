import type { Reply, RowResult, SalesforcePatch } from '@tandem/engine';
import type { Flight } from './oracle/flights.ts';
import type { Leaving } from './oracle/judge-request.ts';
import { judgeRow } from './oracle/judge-row.ts';
import { sfToken } from './oracle/lineage.ts';
import type { World } from './world.ts';

/** The code with which Salesforce refuses this row now, or null. */
export type Refuse = (flight: Flight, body: SalesforcePatch) => string | 'whole' | null;

/**
 * Carries out one write request at Salesforce, row by row as far as it is let, and has each row judged at
 * that moment. `half`: the server went down in the middle of the batch.
 */
export async function applyRows(
  world: World,
  leaving: Leaving,
  flights: readonly (Flight | null)[],
  reached: 'all' | 'half',
  refuse: Refuse,
): Promise<Reply<readonly RowResult[]>> {
  const { salesforce, oracle, store } = world;
  const count = reached === 'half' ? 1 + world.latency.int(flights.length - 1) : flights.length;
  const codes = flights.map((flight, index) =>
    flight === null ? null : refuse(flight, bodyOf(leaving, index)),
  );
  for (const flight of flights) if (flight !== null) flight.state = 'arrived';
  if (codes.includes('whole')) {
    const fault = { code: 'JSON_PARSER_ERROR', message: 'One row', fields: [], httpStatus: 400 };
    return { kind: 'fault', fault };
  }
  const passing = flights.flatMap((_, index) =>
    index < count && codes[index] === null ? [index] : [],
  );
  const before = passing.map((index) => salesforce.records.get(flights[index]?.recordId ?? ''));
  const reply = passing.length === 0 ? await empty(world) : await carryOut(world, leaving, passing);
  if (reply.kind !== 'ok') return reply;

  const results: RowResult[] = codes.map((code) => refusal(code ?? 'NOT_REACHED'));
  for (const [at, index] of passing.entries()) {
    const result = reply.value[at];
    const flight = flights[index];
    if (result === undefined || flight == null) continue;
    results[index] = result;
    if (result.kind !== 'done') {
      oracle.coverage.branch(`result:${result.kind === 'refused' ? 'duplicate' : result.kind}`);
      continue;
    }
    const after = salesforce.records.get(result.id);
    if (after === undefined) continue;
    const { records } = salesforce;
    judgeRow(oracle, {
      flight,
      before: before[at],
      after,
      state: store.state,
      records,
      policies: world.policies,
    });
    world.scheduler.mark(`${flight.kind} ${result.id}`);
    if (world.options.trace)
      world.scheduler.trace.push(`  sent ${JSON.stringify(bodyOf(leaving, index))}`);
    if (flight.kind !== 'delete') trigger(world, result.id, bodyOf(leaving, index));
    world.onHint(result.id);
  }
  const { serverTime, usage } = reply;
  return { kind: 'ok', value: results, serverTime, usage };
}

function carryOut(world: World, leaving: Leaving, passing: readonly number[]) {
  const { salesforce } = world;
  const only = <T>(rows: readonly T[]): readonly T[] =>
    passing.flatMap((index) => {
      const row = rows[index];
      return row === undefined ? [] : [row];
    });
  switch (leaving.kind) {
    case 'create':
      return create(world, only(leaving.rows));
    case 'update':
      return salesforce.updateTasks(only(leaving.rows));
    case 'delete':
      return salesforce.deleteTasks(only(leaving.rows).map(({ id }) => id));
  }
}

/** An org without the unique field: every insert is a new record, and none carries a key. */
async function create(world: World, rows: Extract<Leaving, { kind: 'create' }>['rows']) {
  const { salesforce } = world;
  if (world.hasCreationKey) return salesforce.createTasks(rows);
  const reply = await salesforce.createTasks(
    rows.map((row) => ({ ...row, creationKey: world.id('none') })),
  );
  if (reply.kind === 'ok')
    for (const result of reply.value) {
      const record = result.kind === 'done' ? salesforce.records.get(result.id) : undefined;
      if (record !== undefined) salesforce.records.set(record.Id, { ...record, CreationKey: null });
    }
  return reply;
}

async function empty(world: World): Promise<Reply<readonly RowResult[]>> {
  return { kind: 'ok', value: [], serverTime: second(world), usage: null };
}

/** The org's own automation rewrites what we wrote, in the same transaction: write x, read y. */
function trigger(world: World, id: string, body: SalesforcePatch): void {
  if (!('Description' in body) || body.Description === null) return;
  if (!world.faults.fire('trigger')) return;
  const record = world.salesforce.records.get(id);
  const entity = world.entities.ofRecord(id);
  if (record === undefined || entity === undefined) return;
  const value = world.id('y');
  world.oracle.mint(value, sfToken('details', record), {
    entity: entity.index,
    field: 'details',
    side: 'sf',
    holder: id,
  });
  world.salesforce.edit(id, { Description: value });
}

function bodyOf(leaving: Leaving, index: number): SalesforcePatch {
  return leaving.kind === 'delete' ? {} : (leaving.rows[index]?.body ?? {});
}

function refusal(code: string): RowResult {
  const fault = { code, message: 'Refused', fields: [], httpStatus: 400 };
  return { kind: 'refused', fault, duplicateOf: null };
}

function second(world: World) {
  return `${world.salesforceNow().slice(0, 19)}.000Z`;
}
