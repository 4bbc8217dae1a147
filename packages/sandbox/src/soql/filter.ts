import { toId18 } from '../org/ids.ts';
import type { FieldValue } from '../org/org.ts';
import type { FieldType } from '../org/schema.ts';
import { isDate } from '../org/stamps.ts';
import type { Condition, Expr, Literal, Operator, QueryAst } from './ast.ts';
import { faultAt, positionOf } from './faults.ts';
import { daysOf, likePattern, midnight, stampLiteral } from './literals.ts';

/** Something a condition compares: a field of a row, a date function, an aggregate of a group. */
export interface Accessor<R> {
  readonly name: string;
  readonly type: FieldType;
  readonly caseSensitive: boolean;
  get(row: R): FieldValue;
}

export interface FilterEnv<R> {
  readonly soql: string;
  /** The caller's date and zone, for TODAY and the like. */
  readonly today: string;
  readonly zone: string;
  resolve(expr: Expr): Accessor<R>;
  /** The values a semi-join's inner query selects. */
  subquery(query: QueryAst): ReadonlySet<FieldValue>;
}

export type Predicate<R> = (row: R) => boolean;

export function compile<R>(env: FilterEnv<R>, condition: Condition): Predicate<R> {
  if (condition.kind === 'not') {
    const inner = compile(env, condition.item);
    return (row) => !inner(row);
  }
  if (condition.kind !== 'compare') {
    const items = condition.items.map((item) => compile(env, item));
    return condition.kind === 'and'
      ? (row) => items.every((item) => item(row))
      : (row) => items.some((item) => item(row));
  }
  const left = env.resolve(condition.left);
  if (condition.subquery !== null) {
    const wanted = env.subquery(condition.subquery);
    const negated = condition.operator === 'NOT IN';
    return (row) => wanted.has(left.get(row)) !== negated;
  }
  if (condition.operator === 'IN' || condition.operator === 'NOT IN') {
    return membership(env, left, condition.right, condition.operator === 'NOT IN');
  }
  const right = condition.right[0] ?? { kind: 'null' };
  if (condition.operator === 'LIKE') return like(env, left, right);
  return comparison(env, left, condition.operator, right);
}

function membership<R>(
  env: FilterEnv<R>,
  left: Accessor<R>,
  right: readonly Literal[],
  negated: boolean,
): Predicate<R> {
  const spans = right.filter((literal) => literal.kind === 'relative');
  if (spans.length > 0) {
    const any = right.map((literal) => comparison(env, left, '=', literal));
    return (row) => any.some((test) => test(row)) !== negated;
  }
  const wanted = new Set(right.map((literal) => keyOf(left, operand(env, left, literal))));
  return (row) => wanted.has(keyOf(left, left.get(row))) !== negated;
}

function like<R>(env: FilterEnv<R>, left: Accessor<R>, right: Literal): Predicate<R> {
  if (right.kind === 'null') return () => false;
  if (right.kind !== 'string' || left.type === 'boolean') throw wrongType(env, left);
  if (left.type === 'id' || left.type === 'reference') {
    throw faultAt(
      'INVALID_QUERY_FILTER_OPERATOR',
      env.soql,
      positionOf(env.soql, left.name),
      'invalid operator on id field',
    );
  }
  const pattern = likePattern(right.raw);
  return (row) => {
    const value = left.get(row);
    return typeof value === 'string' && pattern.test(value);
  };
}

function comparison<R>(
  env: FilterEnv<R>,
  left: Accessor<R>,
  operator: Operator,
  right: Literal,
): Predicate<R> {
  if (right.kind === 'relative') return spanComparison(env, left, operator, right);
  const wanted = keyOf(left, operand(env, left, right));
  const get = (row: R) => keyOf(left, left.get(row));
  if (operator === '=') return (row) => get(row) === wanted;
  if (operator === '!=') return (row) => get(row) !== wanted;
  if (wanted === null) return () => false;
  const ordered = ORDERED[operator];
  return (row) => {
    const value = get(row);
    return value !== null && ordered?.(value, wanted) === true;
  };
}

const ORDERED: Partial<Record<Operator, (a: FieldValue, b: FieldValue) => boolean>> = {
  '<': (a, b) => compareKeys(a, b) < 0,
  '<=': (a, b) => compareKeys(a, b) <= 0,
  '>': (a, b) => compareKeys(a, b) > 0,
  '>=': (a, b) => compareKeys(a, b) >= 0,
};

/** A relative literal is a span of days: `=` means inside, `<` before it, `>` after it. */
function spanComparison<R>(
  env: FilterEnv<R>,
  left: Accessor<R>,
  operator: Operator,
  right: Literal & { kind: 'relative' },
): Predicate<R> {
  const days = daysOf(right.name, right.n, env.today);
  if (days === null || (left.type !== 'date' && left.type !== 'datetime')) {
    throw wrongType(env, left);
  }
  const edge = (date: string) => (left.type === 'date' ? date : midnight(date, env.zone));
  const from = edge(days.from);
  const to = edge(days.to);
  const inside = (value: string) => value >= from && value < to;
  return (row) => {
    const value = left.get(row);
    if (typeof value !== 'string') return operator === '!=';
    if (operator === '=') return inside(value);
    if (operator === '!=') return !inside(value);
    if (operator === '<') return value < from;
    if (operator === '<=') return value < to;
    return operator === '>' ? value >= to : value >= from;
  };
}

/** The literal as the field would hold it; a fault when the two do not go together. */
function operand<R>(env: FilterEnv<R>, left: Accessor<R>, literal: Literal): FieldValue {
  if (literal.kind === 'null') return null;
  switch (left.type) {
    case 'boolean':
      if (literal.kind === 'boolean') return literal.value;
      break;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (literal.kind === 'number') return literal.value;
      break;
    case 'date':
      if (literal.kind === 'date' && isDate(literal.text)) return literal.text;
      break;
    case 'datetime': {
      const stamp = literal.kind === 'datetime' ? stampLiteral(literal.text) : null;
      if (stamp !== null) return stamp;
      break;
    }
    case 'id':
    case 'reference':
      if (literal.kind === 'string') return idLiteral(env, left, literal.text);
      break;
    default:
      if (literal.kind === 'string') return literal.text === '' ? null : literal.text;
  }
  throw wrongType(env, left);
}

function idLiteral<R>(env: FilterEnv<R>, left: Accessor<R>, text: string): string | null {
  if (text === '') return null;
  const id = toId18(text);
  if (id !== null) return id;
  const message = `invalid ID field: ${text}`;
  throw faultAt(
    'INVALID_QUERY_FILTER_OPERATOR',
    env.soql,
    positionOf(env.soql, left.name),
    message,
  );
}

/** Text compares without regard to case, ids and case-sensitive keys byte by byte. */
export function keyOf<R>(left: Accessor<R>, value: FieldValue): FieldValue {
  if (typeof value !== 'string' || left.caseSensitive) return value;
  return value.toLowerCase();
}

export function compareKeys(a: FieldValue, b: FieldValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

const SOQL_TYPE: Partial<Record<FieldType, string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
};

function wrongType<R>(env: FilterEnv<R>, left: Accessor<R>) {
  const type = SOQL_TYPE[left.type];
  const quotes = type === undefined ? 'should' : 'should not';
  return faultAt(
    'INVALID_FIELD',
    env.soql,
    positionOf(env.soql, left.name),
    `value of filter criterion for field '${left.name}' must be of type ${type ?? 'string'} and ${quotes} be enclosed in quotes`,
  );
}

/** Fields that compare exactly as stored. */
export function comparesExactly(type: FieldType, unique: boolean): boolean {
  return unique || EXACT.has(type);
}

const EXACT: ReadonlySet<FieldType> = new Set(['id', 'reference', 'date', 'datetime']);
