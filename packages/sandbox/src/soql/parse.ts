import type {
  FieldType,
  FunctionExp,
  HavingClause,
  Query,
  QueryBase,
  Subquery,
  WhereClause,
} from 'soql-parser-js';
import soqlParser from 'soql-parser-js';
import { OrgFault } from '../org/org.ts';
import type { Condition, Expr, Literal, Operator, OrderItem, QueryAst, SelectItem } from './ast.ts';
import { blankQuoted, malformed } from './faults.ts';
import { unquote } from './literals.ts';

/** Salesforce's own bound on the text of a query. */
const MOST_CHARACTERS = 100_000;

/** SOQL text to tree; throws MALFORMED_QUERY in Salesforce's words. */
export function parseSoql(text: string): QueryAst {
  const soql = text.trim();
  if (soql.length > MOST_CHARACTERS) {
    throw new OrgFault(
      400,
      'QUERY_TOO_COMPLICATED',
      'SOQL statements cannot exceed 100000 characters',
    );
  }
  // The parser does not know ALL ROWS, which SOQL allows at the very end only.
  const allRows = /\sall\s+rows$/i.test(blankQuoted(soql));
  const body = allRows ? soql.replace(/\sall\s+rows$/i, '') : soql;
  let query: Query;
  try {
    query = soqlParser.parseQuery(body);
  } catch (error) {
    throw malformed(soql, offendingToken(error));
  }
  refuseLostNot(query, body);
  return toAst(query, query.sObject ?? '', soql, allRows);
}

/**
 * The parser drops a NOT that stands right behind another one and its brackets: `NOT (NOT (a = 1))`.
 * Better refused than misread.
 */
function refuseLostNot(query: Query, body: string): void {
  const written = blankQuoted(body).match(/\bNOT\b(?!\s+IN\b)/gi)?.length ?? 0;
  const read = JSON.stringify(query).match(/"operator":"NOT"/g)?.length ?? 0;
  if (written !== read) throw malformed(body, 'NOT');
}

function toAst(query: QueryBase, object: string, soql: string, allRows: boolean): QueryAst {
  const groupBy = query.groupBy === undefined ? [] : [query.groupBy].flat();
  const orderBy = query.orderBy === undefined ? [] : [query.orderBy].flat();
  return {
    soql,
    object,
    alias: query.sObjectAlias ?? null,
    select: (query.fields ?? []).map((field) => selectItem(field, soql)),
    mine: query.usingScope?.toLowerCase() === 'mine',
    where: query.where === undefined ? null : tree(query.where, soql),
    groupBy: groupBy.map((g) => ('field' in g ? path(g.field) : call(g.fn))),
    having: query.having === undefined ? null : tree(query.having, soql),
    orderBy: orderBy.map(
      (o): OrderItem => ({
        expr: 'field' in o ? path(o.field) : call(o.fn),
        descending: o.order === 'DESC',
        nullsLast: o.nulls === 'LAST',
      }),
    ),
    limit: query.limit ?? null,
    offset: query.offset ?? 0,
    allRows,
  };
}

function selectItem(field: FieldType, soql: string): SelectItem {
  switch (field.type) {
    case 'Field':
      return { kind: 'expr', expr: path(field.field), alias: field.alias ?? null };
    case 'FieldRelationship': {
      const alias = 'alias' in field && field.alias !== undefined ? field.alias : null;
      return { kind: 'expr', expr: path([...field.relationships, field.field].join('.')), alias };
    }
    case 'FieldFunctionExpression':
      return { kind: 'expr', expr: call(field as FunctionExp), alias: field.alias ?? null };
    case 'FieldSubquery':
      return childItem(field.subquery, soql);
    default:
      throw malformed(soql, 'TYPEOF');
  }
}

function childItem(subquery: Subquery, soql: string): SelectItem {
  const name = subquery.relationshipName;
  return { kind: 'child', relationship: name, query: toAst(subquery, name, soql, false) };
}

function path(text: string): Expr {
  return { kind: 'path', path: text };
}

function call(fn: FunctionExp): Expr {
  const first = fn.parameters?.[0];
  const inner = typeof first === 'string' ? first : (first?.parameters?.[0] ?? null);
  return {
    kind: 'call',
    fn: (fn.functionName ?? '').toUpperCase(),
    path: typeof inner === 'string' ? inner : null,
    raw: fn.rawValue ?? fn.functionName ?? '',
  };
}

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Condition;

/** The parser gives a flat chain with counts of brackets; this makes the tree they mean. */
function tree(clause: WhereClause | HavingClause, soql: string): Condition {
  const tokens = flatten(clause, soql);
  let next = 0;
  const unit = (): Condition => {
    const token = tokens[next];
    next += 1;
    if (token === 'NOT') return { kind: 'not', item: unit() };
    if (token === '(') {
      const inside = sequence();
      if (tokens[next] !== ')') throw malformed(soql, '<EOF>');
      next += 1;
      return inside;
    }
    if (token === undefined || typeof token === 'string') throw malformed(soql, token ?? '<EOF>');
    return token;
  };
  const sequence = (): Condition => {
    const items = [unit()];
    let joined: 'AND' | 'OR' | null = null;
    for (let token = tokens[next]; token === 'AND' || token === 'OR'; token = tokens[next]) {
      // Without brackets SOQL does not mix the two.
      if (joined !== null && joined !== token) throw malformed(soql, token);
      joined = token;
      next += 1;
      items.push(unit());
    }
    const [only] = items;
    if (joined === null && only !== undefined) return only;
    return { kind: joined === 'OR' ? 'or' : 'and', items };
  };
  const whole = sequence();
  const rest = tokens[next];
  if (rest !== undefined) throw malformed(soql, typeof rest === 'string' ? rest : '<EOF>');
  return whole;
}

function flatten(clause: WhereClause | HavingClause, soql: string): Token[] {
  const tokens: Token[] = [];
  let link: Link | undefined = clause as Link;
  while (link !== undefined) {
    const left: LinkLeft | null = link.left;
    for (let i = 0; i < (left?.openParen ?? 0); i += 1) tokens.push('(');
    if (left !== null && left.operator !== undefined) tokens.push(comparison(left, soql));
    for (let i = 0; i < (left?.closeParen ?? 0); i += 1) tokens.push(')');
    if (link.operator !== undefined) tokens.push(link.operator);
    link = link.right;
  }
  return tokens;
}

/** The parser's union types, seen as the one shape they share. */
interface Link {
  readonly left: LinkLeft | null;
  readonly operator?: 'AND' | 'OR' | 'NOT';
  readonly right?: Link;
}

interface LinkLeft {
  readonly openParen?: number;
  readonly closeParen?: number;
  readonly field?: string;
  readonly fn?: FunctionExp;
  readonly operator?: string;
  readonly value?: string | readonly string[];
  readonly valueQuery?: Query;
  readonly literalType?: string | readonly string[];
  readonly dateLiteralVariable?: number | readonly number[];
}

function comparison(left: LinkLeft, soql: string): Condition {
  const operator = (left.operator ?? '').toUpperCase();
  if (!OPERATORS.has(operator)) throw malformed(soql, operator);
  const subquery = left.valueQuery;
  const written = left.value === undefined ? [] : [left.value].flat();
  return {
    kind: 'compare',
    left: left.fn === undefined ? path(left.field ?? '') : call(left.fn),
    operator: operator as Operator,
    right: written.map((value, i) => literal(value, nth(left.literalType, i), soql)),
    subquery: subquery === undefined ? null : toAst(subquery, subquery.sObject ?? '', soql, false),
  };
}

const OPERATORS = new Set(['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'IN', 'NOT IN']);

function nth(types: string | readonly string[] | undefined, i: number): string {
  if (types === undefined) return 'STRING';
  return typeof types === 'string' ? types : (types[i] ?? types[0] ?? 'STRING');
}

function literal(written: string, type: string, soql: string): Literal {
  switch (type) {
    case 'STRING':
      return { kind: 'string', text: unquote(written), raw: written.slice(1, -1) };
    case 'INTEGER':
    case 'DECIMAL':
      return { kind: 'number', value: Number(written) };
    case 'BOOLEAN':
      return { kind: 'boolean', value: written.toUpperCase() === 'TRUE' };
    case 'NULL':
      return { kind: 'null' };
    case 'DATE':
      return { kind: 'date', text: written };
    case 'DATETIME':
      return { kind: 'datetime', text: written };
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL': {
      const [name = '', n = '0'] = written.toUpperCase().split(':');
      return { kind: 'relative', name, n: Number(n) };
    }
    default:
      throw malformed(soql, written);
  }
}

/** The parser's message ends with the text it stumbled on. */
function offendingToken(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const found = /but found:\s*'?([^'\n]*?)'?\s*$/.exec(message)?.[1];
  return found ?? /unexpected character: ->(.)<-/.exec(message)?.[1] ?? '<EOF>';
}
