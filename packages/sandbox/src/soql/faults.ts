import { OrgFault } from '../org/org.ts';

/** How much of a long query is shown on each side of the mark. */
const AROUND = 60;

/** A refusal that points into the query, as Salesforce prints it. */
export function faultAt(code: string, soql: string, position: number, message: string): OrgFault {
  const before = soql.slice(0, position);
  const row = before.split('\n').length;
  const column = position - (before.lastIndexOf('\n') + 1) + 1;
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = soql.indexOf('\n', position);
  const from = Math.max(lineStart, position - AROUND);
  const to = Math.min(lineEnd < 0 ? soql.length : lineEnd, position + AROUND);
  const shown = soql.slice(from, to);
  const mark = `${' '.repeat(position - from)}^`;
  return new OrgFault(
    400,
    code,
    `\n${shown}\n${mark}\nERROR at Row:${row}:Column:${column}\n${message}`,
  );
}

/** Where a word stands in the query, outside quotes; the start when it does not. */
export function positionOf(soql: string, word: string): number {
  const wanted = word.toLowerCase();
  const text = blankQuoted(soql).toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + wanted.length);
    if (!/[\w.]/.test(before) && !/\w/.test(after)) return at;
  }
  return 0;
}

/** The query with the inside of every string blanked, same length. */
export function blankQuoted(soql: string): string {
  return soql.replace(/'(?:\\.|[^'\\])*'/gs, (text) => `'${' '.repeat(text.length - 2)}'`);
}

export function noSuchColumn(soql: string, name: string, entity: string): OrgFault {
  return faultAt(
    'INVALID_FIELD',
    soql,
    positionOf(soql, name),
    `No such column '${name.split('.').at(-1)}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function noSuchRelation(soql: string, path: string, relation: string): OrgFault {
  return faultAt(
    'INVALID_FIELD',
    soql,
    positionOf(soql, path),
    `Didn't understand relationship '${relation}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function noSuchObject(soql: string, name: string): OrgFault {
  return faultAt(
    'INVALID_TYPE',
    soql,
    positionOf(soql, name),
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function malformed(soql: string, token: string): OrgFault {
  if (token === '' || token === '<EOF>') {
    return new OrgFault(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
  }
  return faultAt('MALFORMED_QUERY', soql, positionOf(soql, token), `unexpected token: '${token}'`);
}
