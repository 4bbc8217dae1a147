import type { Core } from '../org/core.ts';
import type { FieldValue, OrgRecord } from '../org/org.ts';
import { OrgFault } from '../org/org.ts';
import type { FieldDef, ObjectDef } from '../org/schema.ts';
import { accessor } from './accessors.ts';
import type { QueryAst, SelectItem } from './ast.ts';
import { bindPath, follow, leafOf, type Scope } from './bind.ts';
import type { Accessor } from './filter.ts';

export type Json = Record<string, unknown>;

/** Runs a child query for the rows of one parent. */
export type ChildRunner = (query: QueryAst, relationship: string) => (parent: OrgRecord) => unknown;

/** How a row becomes the JSON of the answer. `version` goes into the URLs. */
export type Projector = (row: OrgRecord, version: string) => Json;

export function projector(scope: Scope, query: QueryAst, children: ChildRunner): Projector {
  const root: Branch = { leaves: [], branches: [] };
  const extras: { name: string; get: (row: OrgRecord) => unknown }[] = [];
  for (const item of expandFields(scope, query)) {
    if (item.kind === 'child') {
      const run = children(item.query, item.relationship);
      extras.push({ name: canonicalChild(scope.object, item.relationship), get: run });
    } else if (item.expr.kind === 'call') {
      const value: Accessor<OrgRecord> = accessor(scope, item.expr, null);
      const plain = item.expr.path === null ? value.name : bindPath(scope, item.expr.path).name;
      extras.push({ name: item.alias ?? plain, get: (row) => value.get(row) });
    } else {
      addPath(root, scope, item.expr.path);
    }
  }
  return (row, version) => {
    const json = projectBranch(scope.core, root, scope.object, row, version, scope.object.name);
    for (const extra of extras) json[extra.name] = extra.get(row);
    return json;
  };
}

export function recordUrl(version: string, object: string, id: FieldValue): string {
  return `/services/data/v${version}/sobjects/${object}/${String(id)}`;
}

interface Branch {
  readonly leaves: FieldDef[];
  readonly branches: { readonly name: string; readonly link: FieldDef; readonly branch: Branch }[];
}

function addPath(root: Branch, scope: Scope, path: string): void {
  const bound = bindPath(scope, path);
  let at = root;
  for (const step of bound.steps) {
    const found = at.branches.find((b) => b.name === step.name);
    const branch = found?.branch ?? { leaves: [], branches: [] };
    if (found === undefined) at.branches.push({ name: step.name, link: step.field, branch });
    at = branch;
  }
  if (!at.leaves.includes(bound.leaf)) at.leaves.push(bound.leaf);
}

function projectBranch(
  core: Core,
  branch: Branch,
  object: ObjectDef,
  row: OrgRecord,
  version: string,
  type: string,
): Json {
  const json: Json = { attributes: { type, url: recordUrl(version, object.name, row.Id) } };
  for (const leaf of branch.leaves) json[leaf.name] = leafOf(object, row, leaf);
  for (const { name, link, branch: inner } of branch.branches) {
    const target = follow(core, row, link);
    // A reference to several objects answers as Salesforce's `Name`, with the URL of the real row.
    const shown = link.referenceTo.length > 1 ? 'Name' : (target?.object.name ?? '');
    json[name] =
      target === null
        ? null
        : projectBranch(core, inner, target.object, target.row, version, shown);
  }
  return json;
}

/** FIELDS(ALL) and FIELDS(STANDARD) become the fields they mean. */
function expandFields(scope: Scope, query: QueryAst): readonly SelectItem[] {
  return query.select.flatMap((item): readonly SelectItem[] => {
    if (item.kind !== 'expr' || item.expr.kind !== 'call' || item.expr.fn !== 'FIELDS')
      return [item];
    const which = (item.expr.path ?? '').toUpperCase();
    if (which !== 'STANDARD' && (query.limit === null || query.limit > MOST_FIELDS_ROWS)) {
      const message = 'The SOQL FIELDS function must have a LIMIT of at most 200';
      throw new OrgFault(400, 'MALFORMED_QUERY', message);
    }
    return scope.core.catalogue
      .fields(scope.object)
      .filter((f) => which === 'ALL' || f.custom === (which === 'CUSTOM'))
      .map((f) => ({ kind: 'expr', expr: { kind: 'path', path: f.name }, alias: null }));
  });
}

/** Salesforce's bound for FIELDS(ALL) and FIELDS(CUSTOM). */
const MOST_FIELDS_ROWS = 200;

function canonicalChild(object: ObjectDef, relationship: string): string {
  const wanted = relationship.toLowerCase();
  return object.children.find((c) => c.name.toLowerCase() === wanted)?.name ?? relationship;
}
