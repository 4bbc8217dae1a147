import type { SalesforceId } from '@tandem/engine';

/** One thing a person wanted done, wherever it shows: an app task, its Salesforce record, or both. */
export interface Entity {
  readonly index: number;
  readonly born: 'app' | 'sf' | 'linked';
  taskId: string | null;
  /** Its Salesforce records, oldest first: a restored task gets a new one. */
  readonly records: SalesforceId[];
}

/** When people deleted and undeleted one record; `to` is infinite while it is deleted. */
export interface RecordLife {
  readonly deletions: { readonly from: number; to: number }[];
  readonly undeletions: number[];
  purged: boolean;
}

export class Entities {
  readonly all = new Map<number, Entity>();
  readonly #byTask = new Map<string, Entity>();
  readonly #forgotten = new Map<string, Entity>();
  readonly #byRecord = new Map<SalesforceId, Entity>();
  readonly #lives = new Map<SalesforceId, RecordLife>();

  add(index: number, born: Entity['born']): Entity {
    const entity: Entity = { index, born, taskId: null, records: [] };
    this.all.set(index, entity);
    return entity;
  }

  bindTask(entity: Entity, taskId: string): void {
    entity.taskId = taskId;
    this.#byTask.set(taskId, entity);
  }

  /** The store went back to before this task was made; an earlier task of the same thing may be there again. */
  forgetTask(entity: Entity, known: Iterable<string>): void {
    if (entity.taskId === null) return;
    this.#byTask.delete(entity.taskId);
    this.#forgotten.set(entity.taskId, entity);
    entity.taskId = [...known].find((taskId) => this.#byTask.get(taskId) === entity) ?? null;
  }

  bindRecord(entity: Entity, id: SalesforceId): void {
    entity.records.push(id);
    this.#byRecord.set(id, entity);
  }

  ofTask(taskId: string): Entity | undefined {
    return this.#byTask.get(taskId);
  }

  /** Also of a task that a backup does not have: what was sent for it may still arrive. */
  onceOfTask(taskId: string): Entity | undefined {
    return this.#byTask.get(taskId) ?? this.#forgotten.get(taskId);
  }

  ofRecord(id: SalesforceId): Entity | undefined {
    return this.#byRecord.get(id);
  }

  life(id: SalesforceId): RecordLife {
    let life = this.#lives.get(id);
    if (life === undefined) {
      life = { deletions: [], undeletions: [], purged: false };
      this.#lives.set(id, life);
    }
    return life;
  }
}
