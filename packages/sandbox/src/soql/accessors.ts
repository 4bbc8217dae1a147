import type { FieldValue, OrgRecord } from '../org/org.ts';
import type { FieldType } from '../org/schema.ts';
import type { Expr } from './ast.ts';
import { bindPath, type Scope } from './bind.ts';
import { faultAt, malformed, positionOf } from './faults.ts';
import { type Accessor, comparesExactly } from './filter.ts';

type Purpose = 'filtered' | 'sorted' | 'grouped';

/** A path or a function of one, ready to read from rows. `purpose` null: only selected. */
export function accessor(scope: Scope, expr: Expr, purpose: Purpose | null): Accessor<OrgRecord> {
  if (expr.kind === 'path') return pathAccessor(scope, expr.path, purpose);
  const fn = FUNCTIONS[expr.fn];
  if (fn === undefined || expr.path === null) throw malformed(scope.soql, expr.raw);
  const inner = pathAccessor(scope, expr.path, purpose);
  return {
    name: expr.raw,
    type: fn.type ?? inner.type,
    caseSensitive: fn.type === null ? inner.caseSensitive : true,
    get: (row) => {
      const value = inner.get(row);
      return value === null ? null : fn.apply(value);
    },
  };
}

export function isPlainFunction(name: string): boolean {
  return FUNCTIONS[name] !== undefined;
}

function pathAccessor(scope: Scope, path: string, purpose: Purpose | null): Accessor<OrgRecord> {
  const bound = bindPath(scope, path);
  if (purpose !== null && !bound.leaf.filterable) {
    throw faultAt(
      'INVALID_FIELD',
      scope.soql,
      positionOf(scope.soql, path),
      `field '${bound.leaf.name}' can not be ${purpose} in a query call`,
    );
  }
  return {
    name: bound.name,
    type: bound.leaf.type,
    caseSensitive: comparesExactly(bound.leaf.type, bound.leaf.unique),
    get: (row) => bound.get(row),
  };
}

interface PlainFunction {
  readonly type: FieldType | null;
  apply(value: FieldValue): FieldValue;
}

const part = (from: number, to: number): PlainFunction => ({
  type: 'int',
  apply: (value) => Number(String(value).slice(from, to)),
});

/** Date functions read UTC, as they do without convertTimezone. Labels of this org equal its values. */
const FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  CALENDAR_YEAR: part(0, 4),
  CALENDAR_MONTH: part(5, 7),
  DAY_IN_MONTH: part(8, 10),
  HOUR_IN_DAY: part(11, 13),
  CALENDAR_QUARTER: {
    type: 'int',
    apply: (value) => Math.floor((Number(String(value).slice(5, 7)) - 1) / 3) + 1,
  },
  DAY_IN_WEEK: {
    type: 'int',
    apply: (value) => new Date(`${String(value).slice(0, 10)}T00:00:00Z`).getUTCDay() + 1,
  },
  DAY_ONLY: { type: 'date', apply: (value) => String(value).slice(0, 10) },
  TOLABEL: { type: null, apply: (value) => value },
  FORMAT: { type: null, apply: (value) => value },
};
