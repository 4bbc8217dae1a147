import { ACCOUNT } from './objects/account.ts';
import { CASE } from './objects/case.ts';
import { CONTACT } from './objects/contact.ts';
import { GROUP } from './objects/group.ts';
import { LEAD } from './objects/lead.ts';
import { OPPORTUNITY } from './objects/opportunity.ts';
import { ORGANIZATION } from './objects/organization.ts';
import { PROFILE } from './objects/profile.ts';
import { TASK } from './objects/task.ts';
import { TASK_PRIORITY } from './objects/task-priority.ts';
import { TASK_STATUS } from './objects/task-status.ts';
import { USER } from './objects/user.ts';
import { OrgFault, type OrgSettings } from './org.ts';
import type { FieldDef, ObjectDef } from './schema.ts';

/** All objects of the org, found by any spelling of their name, or by the prefix of an id. */
export class Catalogue {
  readonly #settings: () => Readonly<OrgSettings>;
  readonly #byName = new Map<string, ObjectDef>();
  readonly #byPrefix = new Map<string, ObjectDef>();
  readonly #fields = new Map<string, ReadonlyMap<string, FieldDef>>();

  constructor(settings: () => Readonly<OrgSettings>) {
    this.#settings = settings;
    for (const object of OBJECTS) {
      this.#byName.set(object.name.toLowerCase(), object);
      this.#byPrefix.set(object.keyPrefix, object);
      this.#fields.set(
        object.name,
        new Map(object.fields.map((field) => [field.name.toLowerCase(), field])),
      );
    }
  }

  all(): readonly ObjectDef[] {
    return OBJECTS;
  }

  find(name: string): ObjectDef | null {
    return this.#byName.get(name.toLowerCase()) ?? null;
  }

  /** Throws the fault of a REST path that names no object. */
  object(name: string): ObjectDef {
    const object = this.find(name);
    if (object === null) {
      throw new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    return object;
  }

  byId(id: string): ObjectDef | null {
    return this.#byPrefix.get(id.slice(0, 3)) ?? null;
  }

  field(object: ObjectDef, name: string): FieldDef | null {
    const field = this.#fields.get(object.name)?.get(name.toLowerCase()) ?? null;
    return field !== null && this.#exists(field) ? field : null;
  }

  fields(object: ObjectDef): readonly FieldDef[] {
    return object.fields.filter((field) => this.#exists(field));
  }

  /** The reference field behind a relationship name such as `Who` or `Owner`. */
  relationship(object: ObjectDef, name: string): FieldDef | null {
    const wanted = name.toLowerCase();
    return object.fields.find((f) => f.relationshipName?.toLowerCase() === wanted) ?? null;
  }

  #exists(field: FieldDef): boolean {
    return field.setting === null || this.#settings()[field.setting];
  }
}

const OBJECTS: readonly ObjectDef[] = [
  ACCOUNT,
  CASE,
  CONTACT,
  GROUP,
  LEAD,
  OPPORTUNITY,
  ORGANIZATION,
  PROFILE,
  TASK,
  TASK_PRIORITY,
  TASK_STATUS,
  USER,
];
