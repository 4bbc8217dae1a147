import { canRead } from '../org/access.ts';
import type { Core } from '../org/core.ts';
import { toId18 } from '../org/ids.ts';
import type { Ctx, FieldValue, OrgRecord } from '../org/org.ts';
import { OrgFault } from '../org/org.ts';
import { accessor } from './accessors.ts';
import { aggregate, isAggregate, isBareCount } from './aggregate.ts';
import type { Condition, QueryAst } from './ast.ts';
import type { Scope } from './bind.ts';
import { faultAt, malformed, noSuchObject, positionOf } from './faults.ts';
import { compareKeys, compile, type FilterEnv, keyOf } from './filter.ts';
import { todayIn } from './literals.ts';
import { type ChildRunner, type Json, type Projector, projector } from './select.ts';

/** Salesforce's bounds. */
const MOST_OFFSET = 2000;
const MOST_SUBQUERIES = 20;

export type Answer =
  | { readonly kind: 'count'; readonly total: number }
  | { readonly kind: 'groups'; readonly records: readonly Json[] }
  | { readonly kind: 'rows'; readonly rows: readonly OrgRecord[]; readonly project: Projector };

/** Evaluate a query for one caller. `all` sees deleted and archived rows too. */
export function runQuery(core: Core, query: QueryAst, ctx: Ctx, all: boolean): Answer {
  const object = core.catalogue.find(query.object);
  if (object === null) throw noSuchObject(query.soql, query.object);
  const scope: Scope = { core, object, alias: query.alias, soql: query.soql };
  const env = environment(core, scope, ctx);
  const test = query.where === null ? null : compile(env, query.where);
  if (query.offset > MOST_OFFSET) {
    const message = 'Maximum SOQL offset allowed is 2000';
    throw new OrgFault(400, 'NUMBER_OUTSIDE_VALID_RANGE', message);
  }
  const grouped = isAggregate(query);
  const project = grouped ? null : projector(scope, query, childRunner(core, scope, ctx, all));
  const sort = grouped ? null : sorter(scope, query);

  const rows: OrgRecord[] = [];
  for (const row of candidates(core, scope, query.where)) {
    if (!(all || query.allRows) && (row.IsDeleted || row.IsArchived === true)) continue;
    if (query.mine && row.OwnerId !== ctx.userId) continue;
    if (test !== null && !test(row)) continue;
    if (canRead(core, object, row, ctx)) rows.push(row);
  }
  if (isBareCount(query)) return { kind: 'count', total: cut(query, rows).length };
  if (project === null) {
    return { kind: 'groups', records: aggregate(scope, query, rows, env) };
  }
  if (sort !== null) rows.sort(sort);
  return { kind: 'rows', rows: cut(query, rows), project };
}

function cut(query: QueryAst, rows: readonly OrgRecord[]): readonly OrgRecord[] {
  if (query.limit === null && query.offset === 0) return rows;
  return rows.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
}

function environment(core: Core, scope: Scope, ctx: Ctx): FilterEnv<OrgRecord> {
  const zone = zoneOf(core, ctx);
  let subqueries = 0;
  return {
    soql: scope.soql,
    zone,
    today: todayIn(zone, core.clock.now()),
    resolve: (expr) => accessor(scope, expr, 'filtered'),
    subquery: (inner) => {
      subqueries += 1;
      if (subqueries > MOST_SUBQUERIES) throw malformed(scope.soql, 'SELECT');
      return semiJoin(core, inner, ctx);
    },
  };
}

function zoneOf(core: Core, ctx: Ctx): string {
  const zone = core.state.row('User', ctx.userId)?.TimeZoneSidKey;
  return typeof zone === 'string' ? zone : 'UTC';
}

function semiJoin(core: Core, inner: QueryAst, ctx: Ctx): ReadonlySet<FieldValue> {
  const [item] = inner.select;
  if (inner.select.length !== 1 || item?.kind !== 'expr' || item.expr.kind !== 'path') {
    throw malformed(inner.soql, 'SELECT');
  }
  const object = core.catalogue.find(inner.object);
  if (object === null) throw noSuchObject(inner.soql, inner.object);
  const scope = { core, object, alias: inner.alias, soql: inner.soql };
  const value = accessor(scope, item.expr, null);
  const answer = runQuery(core, inner, ctx, false);
  if (answer.kind !== 'rows') throw malformed(inner.soql, 'SELECT');
  return new Set(answer.rows.map((row) => value.get(row)).filter((v) => v !== null));
}

/** Rows to look at: a few by id or unique value when the query says so, else all. */
function candidates(core: Core, scope: Scope, where: Condition | null): Iterable<OrgRecord> {
  const parts = where === null ? [] : where.kind === 'and' ? where.items : [where];
  for (const part of parts) {
    if (part.kind !== 'compare' || part.left.kind !== 'path' || part.subquery !== null) continue;
    if (part.operator !== '=' && part.operator !== 'IN') continue;
    if (part.left.path.toLowerCase() !== 'id') continue;
    const ids = new Set(part.right.map((r) => (r.kind === 'string' ? toId18(r.text) : null)));
    return [...ids].flatMap((id) =>
      id === null ? [] : (core.state.row(scope.object.name, id) ?? []),
    );
  }
  return core.state.rows(scope.object.name);
}

function sorter(scope: Scope, query: QueryAst) {
  if (query.orderBy.length === 0) return null;
  const keys = query.orderBy.map((item) => ({ item, key: accessor(scope, item.expr, 'sorted') }));
  return (a: OrgRecord, b: OrgRecord): number => {
    for (const { item, key } of keys) {
      const left = keyOf(key, key.get(a));
      const right = keyOf(key, key.get(b));
      if (left === right) continue;
      // Nulls come first, whatever the direction, unless the query says NULLS LAST.
      if (left === null) return item.nullsLast ? 1 : -1;
      if (right === null) return item.nullsLast ? -1 : 1;
      const way = compareKeys(left, right);
      if (way !== 0) return item.descending ? -way : way;
    }
    return 0;
  };
}

/** `(SELECT … FROM Tasks)` of a parent: the children, found once and dealt out by parent. */
function childRunner(core: Core, scope: Scope, ctx: Ctx, all: boolean): ChildRunner {
  return (query, relationship) => {
    const wanted = relationship.toLowerCase();
    const child = scope.object.children.find((c) => c.name.toLowerCase() === wanted);
    if (child === undefined) {
      throw faultAt(
        'INVALID_TYPE',
        scope.soql,
        positionOf(scope.soql, relationship),
        `Didn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    }
    const answer = runQuery(
      core,
      { ...query, object: child.object, limit: null, offset: 0 },
      ctx,
      all,
    );
    if (answer.kind !== 'rows') throw malformed(scope.soql, relationship);
    const byParent = new Map<FieldValue, OrgRecord[]>();
    for (const row of answer.rows) {
      const parent = row[child.field] ?? null;
      const list = byParent.get(parent);
      if (list === undefined) byParent.set(parent, [row]);
      else list.push(row);
    }
    return (parent) => {
      const rows = cut(query, byParent.get(parent.Id) ?? []);
      if (rows.length === 0) return null;
      const records = rows.map((row) => answer.project(row, CHILD_VERSION));
      return { totalSize: rows.length, done: true, records };
    };
  };
}

/** Child rows are projected without knowing the caller's version; any served one resolves. */
const CHILD_VERSION = '62.0';
