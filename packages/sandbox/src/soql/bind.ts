import type { Core } from '../org/core.ts';
import type { FieldValue, OrgRecord } from '../org/org.ts';
import { type FieldDef, field, type ObjectDef } from '../org/schema.ts';
import { noSuchColumn, noSuchRelation } from './faults.ts';

/** Relationships deep, as SOQL allows. */
const MOST_STEPS = 5;

export interface Step {
  /** Canonical, e.g. `Who`. */
  readonly name: string;
  readonly field: FieldDef;
}

/** A field path that exists. */
export interface Bound {
  readonly steps: readonly Step[];
  readonly leaf: FieldDef;
  /** Canonical spelling of the whole, e.g. `Owner.Name`. */
  readonly name: string;
  get(row: OrgRecord): FieldValue;
}

export interface Scope {
  readonly core: Core;
  readonly object: ObjectDef;
  readonly alias: string | null;
  readonly soql: string;
}

export function bindPath(scope: Scope, path: string): Bound {
  const parts = withoutAlias(scope, path.split('.'));
  const leafName = parts.pop() ?? '';
  const steps: Step[] = [];
  let object: ObjectDef | null = scope.object;
  for (const part of parts) {
    const link: FieldDef | null =
      object === null ? null : scope.core.catalogue.relationship(object, part);
    if (link === null || steps.length >= MOST_STEPS) throw noSuchRelation(scope.soql, path, part);
    steps.push({ name: link.relationshipName ?? part, field: link });
    object =
      link.referenceTo.length === 1 ? scope.core.catalogue.find(link.referenceTo[0] ?? '') : null;
  }
  const leaf =
    object === null
      ? (NAME_FIELDS.get(leafName.toLowerCase()) ?? null)
      : scope.core.catalogue.field(object, leafName);
  if (leaf === null) throw noSuchColumn(scope.soql, path, object?.name ?? 'Name');
  return {
    steps,
    leaf,
    name: [...steps.map((step) => step.name), leaf.name].join('.'),
    get: getter(scope.core, steps, leaf),
  };
}

function getter(
  core: Core,
  steps: readonly Step[],
  leaf: FieldDef,
): (row: OrgRecord) => FieldValue {
  if (steps.length === 0) return (row) => row[leaf.name] ?? null;
  return (row) => {
    let at: OrgRecord | null = row;
    let object: ObjectDef | null = null;
    for (const step of steps) {
      const target: Target | null = at === null ? null : follow(core, at, step.field);
      at = target?.row ?? null;
      object = target?.object ?? null;
    }
    return at === null || object === null ? null : leafOf(object, at, leaf);
  };
}

export interface Target {
  readonly object: ObjectDef;
  readonly row: OrgRecord;
}

/** The row a reference field points at. */
export function follow(core: Core, row: OrgRecord, link: FieldDef): Target | null {
  const id = row[link.name];
  if (typeof id !== 'string') return null;
  const object = core.catalogue.byId(id);
  const target = object === null ? null : core.state.row(object.name, id);
  return object === null || target === null ? null : { object, row: target };
}

/** A field of the row, where the pseudo-object Name has fields of its own. */
export function leafOf(object: ObjectDef, row: OrgRecord, leaf: FieldDef): FieldValue {
  if (NAME_FIELDS.get(leaf.name.toLowerCase()) === leaf) {
    if (leaf.name === 'Type') return object.name;
    if (leaf.name === 'Name') return row[object.nameField] ?? null;
  }
  return row[leaf.name] ?? null;
}

/** What may be asked of a reference to several objects: Salesforce's `Name` object. */
const NAME_FIELDS = new Map(
  [
    field('Id', 'ID', 'id'),
    field('Name', 'Full Name', 'string', { length: 255 }),
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('LastName', 'Last Name', 'string', { length: 80 }),
    field('Type', 'Type', 'picklist', { length: 40 }),
    field('Title', 'Title', 'string', { length: 128 }),
    field('Email', 'Email', 'email'),
    field('Phone', 'Phone', 'phone'),
    field('Alias', 'Alias', 'string', { length: 8 }),
    field('Username', 'Username', 'string', { length: 80 }),
    field('IsActive', 'Active', 'boolean'),
    field('ProfileId', 'Profile ID', 'reference'),
  ].map((def) => [def.name.toLowerCase(), def]),
);

function withoutAlias(scope: Scope, parts: string[]): string[] {
  const first = parts[0]?.toLowerCase();
  const named = first === scope.alias?.toLowerCase() || first === scope.object.name.toLowerCase();
  // `Account.Name` from Contact is a relationship; `Task.Id` from Task is the object itself.
  const relation = scope.core.catalogue.relationship(scope.object, parts[0] ?? '') !== null;
  return parts.length > 1 && named && !relation ? parts.slice(1) : parts;
}
