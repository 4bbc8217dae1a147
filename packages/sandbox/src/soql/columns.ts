import type { Core } from '../org/core.ts';
import type { FieldType } from '../org/schema.ts';
import { isAggregate } from './aggregate.ts';
import type { QueryAst, SelectItem } from './ast.ts';
import { bindPath, type Scope } from './bind.ts';
import { noSuchObject } from './faults.ts';

/** The answer to `columns=true`: what the query's columns are, without rows. Its user is the sf CLI. */
export function columnMetadata(core: Core, query: QueryAst): Readonly<Record<string, unknown>> {
  const object = core.catalogue.find(query.object);
  if (object === null) throw noSuchObject(query.soql, query.object);
  const scope: Scope = { core, object, alias: query.alias, soql: query.soql };
  const columns: Column[] = [];
  for (const item of query.select) addColumn(columns, scope, item);
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: isAggregate(query) && query.groupBy.length > 0,
    idSelected: columns.some((column) => column.columnName === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}

interface Column {
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: Column[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

function addColumn(columns: Column[], scope: Scope, item: SelectItem): void {
  if (item.kind === 'child') {
    columns.push({ ...column(item.relationship, 'string'), aggregate: true, joinColumns: [] });
    return;
  }
  if (item.expr.kind === 'call') {
    const name = item.alias ?? item.expr.raw;
    columns.push({ ...column(name, item.expr.path === null ? 'int' : 'double'), aggregate: true });
    return;
  }
  const bound = bindPath(scope, item.expr.path);
  let level = columns;
  for (const step of bound.steps) {
    const found = level.find((c) => c.columnName === step.name);
    const join = found ?? { ...column(step.name, 'string'), foreignKeyName: step.field.name };
    if (found === undefined) level.push(join);
    level = join.joinColumns;
  }
  const { name, type, custom, createable, updateable } = bound.leaf;
  level.push({ ...column(name, type), custom, insertable: createable, updatable: updateable });
}

function column(name: string, type: FieldType): Column {
  const numberType = ['int', 'double', 'currency', 'percent'].includes(type);
  const booleanType = type === 'boolean';
  return {
    aggregate: false,
    apexType: numberType ? 'Double' : booleanType ? 'Boolean' : 'String',
    booleanType,
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType,
    textType: !numberType && !booleanType && type !== 'date' && type !== 'datetime',
    updatable: false,
  };
}
