import { canRead } from '../org/access.ts';
import { OrgFault } from '../org/org.ts';
import { recordUrl } from '../soql/select.ts';
import { chosenFields, rowJson } from './rows.ts';
import type { Call, Json, RestReply } from './types.ts';

/** Rows of one object in an answer, Salesforce's own bound. */
const MOST_FOUND = 2000;
const DEFAULT_OBJECTS = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'Task'];

/** `FIND {words} IN ALL FIELDS RETURNING Task(Id, Subject)`: the words, as they stand, in any text field. */
export function search(call: Call): RestReply {
  const sosl = call.request.query.get('q') ?? '';
  const match =
    /^\s*find\s*\{([^}]*)\}(?:\s+in\s+\w+\s+fields)?(?:\s+returning\s+([\s\S]+?))?(?:\s+limit\s+(\d+))?\s*$/i.exec(
      sosl,
    );
  if (match === null) {
    throw new OrgFault(
      400,
      'MALFORMED_SEARCH',
      'No search term found. The search term must be enclosed in braces.',
    );
  }
  const words = (match[1] ?? '')
    .replace(/["*\\]/g, '')
    .trim()
    .toLowerCase();
  if (words.length < 2) {
    throw new OrgFault(400, 'MALFORMED_SEARCH', 'search term must be longer than one character');
  }
  const returning = match[2] === undefined ? defaults() : readReturning(match[2]);
  const most = Math.min(Number(match[3] ?? MOST_FOUND), MOST_FOUND);
  const searchRecords = returning.flatMap((wanted) => find(call, words, wanted)).slice(0, most);
  return { status: 200, body: { searchRecords } };
}

interface Wanted {
  readonly object: string;
  readonly fields: readonly string[];
}

function defaults(): readonly Wanted[] {
  return DEFAULT_OBJECTS.map((object) => ({ object, fields: [] }));
}

function readReturning(text: string): readonly Wanted[] {
  return [...text.matchAll(/(\w+)\s*(?:\(([^)]*)\))?\s*(?:,|$)/g)].map((part) => ({
    object: part[1] ?? '',
    fields: (part[2] ?? '')
      .replace(/\s+(?:where|order\s+by|limit)\s[\s\S]*$/i, '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  }));
}

function find(call: Call, words: string, wanted: Wanted): readonly Json[] {
  const object = call.org.core.catalogue.find(wanted.object);
  if (object === null) {
    throw new OrgFault(400, 'INVALID_TYPE', `sObject type '${wanted.object}' is not supported.`);
  }
  const fields = chosenFields(call, object.name, wanted.fields);
  const text = object.fields.filter((f) => f.type !== 'reference' && f.type !== 'id');
  const found: Json[] = [];
  for (const row of call.org.core.state.rows(object.name)) {
    if (row.IsDeleted || row.IsArchived === true) continue;
    const hit = text.some((field) => {
      const value = row[field.name];
      return typeof value === 'string' && value.toLowerCase().includes(words);
    });
    if (!hit || !canRead(call.org.core, object, row, call.ctx)) continue;
    const bare = {
      attributes: { type: object.name, url: recordUrl(call.request.version, object.name, row.Id) },
      Id: row.Id,
    };
    found.push(fields.length === 0 ? bare : rowJson(call, object.name, row, fields));
  }
  return found;
}
