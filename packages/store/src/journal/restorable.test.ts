import { describe, expect, it } from 'vitest';
import { restorable } from './restorable.ts';

const PERSON = { id: '003000000000001AAA', type: 'Contact', name: 'Runa' };

describe('which lost values can be brought back (H2)', () => {
  it.each([
    ['name', 'Old name', { name: 'Old name' }],
    ['details', '', { details: '' }],
    ['status', 'complete', { status: 'complete' }],
    ['priority', 'high', { priority: 'high' }],
    ['dueDate', null, { dueDate: null }],
    ['dueDate', '2026-11-24', { dueDate: '2026-11-24' }],
    ['owner', 'user1', { ownerId: 'user1' }],
    ['person', PERSON, { person: PERSON }],
    ['related', null, { related: null }],
  ])('%s %o', (field, lost, patch) => {
    expect(restorable(field, lost)).toEqual(patch);
  });

  it.each([
    ['status', 'In Progress'],
    ['priority', 'Low'],
    ['name', ''],
    ['name', null],
    ['dueDate', 'tomorrow'],
    ['person', '003000000000001AAA'],
    ['person', { id: 1 }],
    ['owner', null],
    ['subject', 'x'],
    [null, 'x'],
  ])('not %s %o', (field, lost) => {
    expect(restorable(field, lost)).toBeNull();
  });
});
