/** What an object and its fields are, as data. Describe, DML and SOQL all read these. */

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'combobox'
  | 'picklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault?: boolean;
}

export interface FieldDef {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** False for long text: it may be selected, never filtered, sorted or grouped. */
  readonly filterable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly defaultValue: string | number | boolean | null;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly values: readonly PicklistValue[];
  /** The picklist is another object's rows: TaskStatus, TaskPriority. */
  readonly valuesFrom: string | null;
  readonly restricted: boolean;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  /** Exists only while this org setting is on. */
  readonly setting: 'creationKeyField' | null;
}

export interface ChildRelationship {
  readonly name: string;
  readonly object: string;
  readonly field: string;
}

export interface ObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  /** Rows may be made, changed and deleted through the API. */
  readonly writable: boolean;
  /** Deleted rows go to the recycle bin. */
  readonly recycled: boolean;
  readonly nameField: string;
  readonly children: readonly ChildRelationship[];
  readonly fields: readonly FieldDef[];
}

type Extra = Partial<Omit<FieldDef, 'name' | 'label' | 'type'>>;

const PLAIN: Omit<FieldDef, 'name' | 'label' | 'type'> = {
  length: 0,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  defaultedOnCreate: false,
  defaultValue: null,
  referenceTo: [],
  relationshipName: null,
  values: [],
  valuesFrom: null,
  restricted: false,
  custom: false,
  externalId: false,
  unique: false,
  setting: null,
};

export const READ_ONLY: Extra = { createable: false, updateable: false };

export function field(name: string, label: string, type: FieldType, extra: Extra = {}): FieldDef {
  return { ...PLAIN, ...(LENGTHS[type] ?? {}), ...extra, name, label, type };
}

const LENGTHS: Partial<Record<FieldType, Extra>> = {
  id: { length: 18, nillable: false, createable: false, updateable: false },
  reference: { length: 18 },
  picklist: { length: 255 },
  email: { length: 80 },
  phone: { length: 40 },
  url: { length: 255 },
  boolean: { nillable: false, defaultedOnCreate: true, defaultValue: false },
};

export function reference(
  name: string,
  label: string,
  relationshipName: string,
  referenceTo: readonly string[],
  extra: Extra = {},
): FieldDef {
  return field(name, label, 'reference', { relationshipName, referenceTo, ...extra });
}

export function values(...names: readonly string[]): readonly PicklistValue[] {
  return names.map((value) => ({ value, label: value }));
}

/** The fields every row has; only Set Audit Fields (our seed and controls) may write them. */
export function auditFields(): readonly FieldDef[] {
  const stamp: Extra = { ...READ_ONLY, nillable: false, defaultedOnCreate: true };
  return [
    field('IsDeleted', 'Deleted', 'boolean', READ_ONLY),
    field('CreatedDate', 'Created Date', 'datetime', stamp),
    reference('CreatedById', 'Created By ID', 'CreatedBy', ['User'], stamp),
    field('LastModifiedDate', 'Last Modified Date', 'datetime', stamp),
    reference('LastModifiedById', 'Last Modified By ID', 'LastModifiedBy', ['User'], stamp),
    field('SystemModstamp', 'System Modstamp', 'datetime', stamp),
  ];
}

export function ownerField(label = 'Owner ID', owners: readonly string[] = ['Group', 'User']) {
  return reference('OwnerId', label, 'Owner', owners, {
    nillable: false,
    defaultedOnCreate: true,
  });
}
