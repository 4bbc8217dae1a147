import type { RecordRef } from '@tandem/engine';
import type { TaskRowPatch } from '../tasks/task-view.ts';

/**
 * The edit that brings a lost value back, or null where the app's field cannot hold it: a status the app
 * does not know, say, lost in Salesforce (B3.2), or no field at all.
 */
export function restorable(field: string | null, lost: unknown): TaskRowPatch | null {
  switch (field) {
    case 'name':
      return typeof lost === 'string' && lost !== '' ? { name: lost } : null;
    case 'details':
      return typeof lost === 'string' ? { details: lost } : null;
    case 'status':
      return lost === 'open' || lost === 'complete' ? { status: lost } : null;
    case 'priority':
      return lost === 'normal' || lost === 'high' ? { priority: lost } : null;
    case 'dueDate':
      return lost === null || isPlainDate(lost) ? { dueDate: lost } : null;
    case 'owner':
      return typeof lost === 'string' ? { ownerId: lost } : null;
    case 'person':
      return lost === null || isRecordRef(lost) ? { person: lost } : null;
    case 'related':
      return lost === null || isRecordRef(lost) ? { related: lost } : null;
    default:
      return null;
  }
}

function isPlainDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function isRecordRef(value: unknown): value is RecordRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'type' in value &&
    typeof value.type === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  );
}
