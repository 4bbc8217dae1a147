import type { FieldValue, OrgRecord } from '../org/org.ts';
import type { FieldType } from '../org/schema.ts';
import { accessor, isPlainFunction } from './accessors.ts';
import type { Condition, Expr, QueryAst } from './ast.ts';
import type { Scope } from './bind.ts';
import { faultAt, malformed, positionOf } from './faults.ts';
import { type Accessor, compareKeys, compile, type FilterEnv, keyOf } from './filter.ts';
import type { Json } from './select.ts';

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM', 'AVG']);

export function isAggregate(query: QueryAst): boolean {
  return (
    query.groupBy.length > 0 ||
    query.select.some(
      (item) => item.kind === 'expr' && item.expr.kind === 'call' && AGGREGATES.has(item.expr.fn),
    )
  );
}

/** `SELECT COUNT() FROM …`: the answer is totalSize, without records. */
export function isBareCount(query: QueryAst): boolean {
  const [only, ...more] = query.select;
  if (more.length > 0 || only?.kind !== 'expr' || only.expr.kind !== 'call') return false;
  return only.expr.fn === 'COUNT' && only.expr.path === null;
}

type Group = readonly OrgRecord[];
type GroupEnv = Pick<FilterEnv<OrgRecord>, 'today' | 'zone' | 'subquery'>;

export function aggregate(
  scope: Scope,
  query: QueryAst,
  rows: readonly OrgRecord[],
  env: GroupEnv,
): readonly Json[] {
  const keys = query.groupBy.map((expr) => accessor(scope, expr, 'grouped'));
  const resolve = (expr: Expr) => groupAccessor(scope, expr, keys);
  let groups = split(rows, keys);
  if (query.having !== null) {
    const test = compile(groupFilter(scope, env, resolve), query.having satisfies Condition);
    groups = groups.filter(test);
  }
  const order = query.orderBy.map((item) => ({ item, key: resolve(item.expr) }));
  groups.sort((a, b) => {
    for (const { item, key } of order) {
      const way = compareKeys(keyOf(key, key.get(a)), keyOf(key, key.get(b)));
      if (way !== 0) return item.descending ? -way : way;
    }
    return 0;
  });
  const columns = columnsOf(scope, query, resolve);
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return groups.slice(query.offset, end).map((group) => {
    const json: Json = { attributes: { type: 'AggregateResult' } };
    for (const column of columns) json[column.name] = column.key.get(group);
    return json;
  });
}

function split(rows: readonly OrgRecord[], keys: readonly Accessor<OrgRecord>[]): Group[] {
  if (keys.length === 0) return [rows];
  const groups = new Map<string, OrgRecord[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((k) => keyOf(k, k.get(row))));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function groupFilter(scope: Scope, env: GroupEnv, resolve: (expr: Expr) => Accessor<Group>) {
  return { soql: scope.soql, ...env, resolve } satisfies FilterEnv<Group>;
}

function columnsOf(scope: Scope, query: QueryAst, resolve: (expr: Expr) => Accessor<Group>) {
  let unnamed = 0;
  return query.select.map((item) => {
    if (item.kind === 'child') throw malformed(scope.soql, item.relationship);
    const key = resolve(item.expr);
    const leaf = key.name.split('.').at(-1) ?? key.name;
    let name = item.alias ?? leaf;
    if (item.alias === null && item.expr.kind === 'call') {
      name = `expr${unnamed}`;
      unnamed += 1;
    }
    return { name, key };
  });
}

function groupAccessor(
  scope: Scope,
  expr: Expr,
  keys: readonly Accessor<OrgRecord>[],
): Accessor<Group> {
  if (expr.kind === 'call' && AGGREGATES.has(expr.fn)) return aggregateAccessor(scope, expr);
  if (expr.kind === 'call' && !isPlainFunction(expr.fn)) throw malformed(scope.soql, expr.raw);
  const inner = accessor(scope, expr, 'grouped');
  if (!keys.some((key) => key.name.toLowerCase() === inner.name.toLowerCase())) {
    throw faultAt(
      'MALFORMED_QUERY',
      scope.soql,
      positionOf(scope.soql, inner.name),
      `Field must be grouped or aggregated: ${inner.name}`,
    );
  }
  return { ...inner, get: (group) => (group[0] === undefined ? null : inner.get(group[0])) };
}

function aggregateAccessor(scope: Scope, expr: Expr & { kind: 'call' }): Accessor<Group> {
  const inner =
    expr.path === null ? null : accessor(scope, { kind: 'path', path: expr.path }, 'grouped');
  const counts = expr.fn === 'COUNT' || expr.fn === 'COUNT_DISTINCT';
  const type: FieldType = counts ? 'int' : expr.fn === 'AVG' ? 'double' : (inner?.type ?? 'int');
  return {
    name: expr.raw,
    type,
    caseSensitive: true,
    get: (group) => compute(expr.fn, group, inner),
  };
}

function compute(fn: string, group: Group, inner: Accessor<OrgRecord> | null): FieldValue {
  if (inner === null) return group.length;
  const values = group.map((row) => inner.get(row)).filter((value) => value !== null);
  if (fn === 'COUNT') return values.length;
  if (fn === 'COUNT_DISTINCT') return new Set(values.map((v) => keyOf(inner, v))).size;
  if (values.length === 0) return null;
  const total = () => values.reduce<number>((sum, value) => sum + Number(value), 0);
  if (fn === 'SUM') return total();
  if (fn === 'AVG') return total() / values.length;
  const sorted = [...values].sort(compareKeys);
  return (fn === 'MIN' ? sorted[0] : sorted.at(-1)) ?? null;
}
