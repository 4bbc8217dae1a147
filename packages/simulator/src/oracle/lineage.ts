import type { AppValues, SalesforceTask } from '@tandem/engine';

/**
 * Where every value came from. A person's edit mints a token nobody used before and remembers which token it
 * replaced; an engine only copies tokens. Then "is this write a step forward" is a question about ancestors,
 * and nobody has to ask the engine for its reasons.
 */

/** Fields whose values are unique in the whole world. */
export const TOKEN_FIELDS = ['details', 'dueDate', 'name'] as const;
export type TokenField = (typeof TOKEN_FIELDS)[number];

/** The empty value, from which everything descends. */
export const ROOT = '';

export interface Token {
  readonly parent: string;
  /** Entity it was written for. */
  readonly entity: number;
  readonly field: TokenField;
  readonly side: 'app' | 'sf';
  /** Virtual time at which it was written. */
  readonly at: number;
  /** App tasks and Salesforce records that ever held it. */
  readonly held: Set<string>;
}

export class Lineage {
  readonly #tokens = new Map<string, Token>();

  mint(value: string, token: Omit<Token, 'held'>): void {
    const { parent, entity, field, side, at } = token;
    this.#tokens.set(value, { parent, entity, field, side, at, held: new Set() });
  }

  get(value: string): Token | undefined {
    return this.#tokens.get(value);
  }

  /** `holder` (a task or record id) shows this value now. */
  hold(value: string, holder: string): void {
    this.#tokens.get(value)?.held.add(holder);
  }

  wasHeld(value: string, holder: string): boolean {
    return value === ROOT || (this.#tokens.get(value)?.held.has(holder) ?? false);
  }

  /** True when `old` is `value` itself or lies on its way back to the root. */
  isAncestor(old: string, value: string): boolean {
    if (old === ROOT) return true;
    for (let at = value; at !== ROOT; at = this.#tokens.get(at)?.parent ?? ROOT)
      if (at === old) return true;
    return false;
  }
}

/** Name and Subject are texts around one token: the template decorates it (B5). */
const NAME_TOKEN = /[NS]\d+/;

export function nameToken(text: string | null): string {
  return text === null ? ROOT : (NAME_TOKEN.exec(text)?.[0] ?? ROOT);
}

export function appToken(field: TokenField, values: AppValues): string {
  switch (field) {
    case 'details':
      return values.details;
    case 'dueDate':
      return values.dueDate ?? ROOT;
    case 'name':
      return nameToken(values.name);
  }
}

export function sfToken(field: TokenField, task: SalesforceTask): string {
  switch (field) {
    case 'details':
      return task.Description ?? ROOT;
    case 'dueDate':
      return task.ActivityDate ?? ROOT;
    case 'name':
      return nameToken(task.Subject);
  }
}

/** The token in a value as journal, base and intents carry it. */
export function tokenIn(field: TokenField, value: unknown): string {
  if (typeof value !== 'string') return ROOT;
  return field === 'name' ? nameToken(value) : value;
}
