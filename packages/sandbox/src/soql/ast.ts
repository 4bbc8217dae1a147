/** A query as this org evaluates it: conditions are a tree, strings are unquoted. */

export type Literal =
  | { readonly kind: 'string'; readonly text: string; readonly raw: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'datetime'; readonly text: string }
  | { readonly kind: 'relative'; readonly name: string; readonly n: number };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN';

export type Expr =
  | { readonly kind: 'path'; readonly path: string }
  | {
      readonly kind: 'call';
      readonly fn: string;
      readonly path: string | null;
      readonly raw: string;
    };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }
  | {
      readonly kind: 'compare';
      readonly left: Expr;
      readonly operator: Operator;
      readonly right: readonly Literal[];
      readonly subquery: QueryAst | null;
    };

export type SelectItem =
  | { readonly kind: 'expr'; readonly expr: Expr; readonly alias: string | null }
  | { readonly kind: 'child'; readonly relationship: string; readonly query: QueryAst };

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export interface QueryAst {
  /** The text errors point into. */
  readonly soql: string;
  readonly object: string;
  readonly alias: string | null;
  readonly select: readonly SelectItem[];
  /** `USING SCOPE mine`. */
  readonly mine: boolean;
  readonly where: Condition | null;
  readonly groupBy: readonly Expr[];
  readonly having: Condition | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: number;
  readonly allRows: boolean;
}
