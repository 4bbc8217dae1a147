import type { Core } from './core.ts';
import type { FieldDef, FieldType, ObjectDef } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** The whole describe of an object, with the picklists of this org. */
export function describeObject(core: Core, object: ObjectDef): Json {
  return {
    ...describeBriefly(object),
    actionOverrides: [],
    childRelationships: object.children.map((child) => ({
      cascadeDelete: false,
      childSObject: child.object,
      deprecatedAndHidden: false,
      field: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.name,
      restrictedDelete: false,
    })),
    compactLayoutable: object.writable,
    fields: core.catalogue.fields(object).map((field) => describeField(core, object, field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [],
    searchLayoutable: object.writable,
    supportedScopes: [
      { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
  };
}

/** The entry of an object in the list of all objects. */
export function describeBriefly(object: ObjectDef): Json {
  const path = `/sobjects/${object.name}`;
  return {
    activateable: false,
    createable: object.writable,
    custom: false,
    customSetting: false,
    deletable: object.writable,
    deprecatedAndHidden: false,
    feedEnabled: object.writable,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.writable,
    mergeable: ['Account', 'Contact', 'Lead', 'Case'].includes(object.name),
    mruEnabled: object.writable,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: object.writable,
    triggerable: object.writable,
    undeletable: object.recycled,
    updateable: object.writable,
    urls: {
      describe: `${path}/describe`,
      rowTemplate: `${path}/{ID}`,
      sobject: path,
    },
  };
}

function describeField(core: Core, object: ObjectDef, field: FieldDef): Json {
  const createable = field.createable && object.writable;
  const updateable = field.updateable && object.writable;
  const text = SOAP_TYPE[field.type] === 'xsd:string' || SOAP_TYPE[field.type] === 'tns:ID';
  return {
    aggregatable: field.filterable && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.name === 'CaseNumber',
    byteLength: text ? field.length * 3 : 0,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: field.unique,
    compoundFieldName: null,
    controllerName: null,
    createable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? field.defaultValue : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? 8 : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.filterable && field.type !== 'datetime',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === 'id' || field.externalId,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.name === object.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.nillable && createable,
    picklistValues: picklist(core, field),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: isRestricted(core, object, field),
    scale: 0,
    searchPrefilterable: false,
    soapType: SOAP_TYPE[field.type],
    sortable: field.filterable,
    type: field.type,
    unique: field.unique,
    updateable,
    writeRequiresMasterRead: false,
  };
}

function isRestricted(core: Core, object: ObjectDef, field: FieldDef): boolean {
  return (
    field.restricted || core.settings.restrictedPicklists.includes(`${object.name}.${field.name}`)
  );
}

function picklist(core: Core, field: FieldDef): readonly Json[] {
  const entry = (value: string, label: string, isDefault: boolean) => ({
    active: true,
    defaultValue: isDefault,
    label,
    validFor: null,
    value,
  });
  if (field.valuesFrom === null) {
    return field.values.map((v) => entry(v.value, v.label, v.value === field.defaultValue));
  }
  return [...core.state.rows(field.valuesFrom)]
    .sort((a, b) => Number(a.SortOrder) - Number(b.SortOrder))
    .map((row) => entry(String(row.ApiName), String(row.MasterLabel), row.IsDefault === true));
}

const SOAP_TYPE: Record<FieldType, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  string: 'xsd:string',
  textarea: 'xsd:string',
  combobox: 'xsd:string',
  picklist: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};
