import type { TaskSync } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { type Reader, syncMove } from './sync-move.ts';

const held = (
  state: TaskSync['state'],
  reason: string,
  problem: Partial<NonNullable<TaskSync['problem']>> | null = {},
): TaskSync => ({
  state,
  reason,
  message: null,
  problem: problem && {
    id: 'link:1',
    class: 'access',
    since: '2026-11-24T09:30:00.000Z',
    retryAt: null,
    isTrying: false,
    ...problem,
  },
  salesforceId: null,
  salesforceUrl: null,
  salesforceStatus: null,
  salesforcePriority: null,
  lastSyncedAt: null,
});
const OWNER: Reader = { isOwner: true, role: 'rep' };
const ADMIN: Reader = { isOwner: false, role: 'admin' };

describe('B11.1 a held-up task', () => {
  it('says whose move it is, seen from its reader', () => {
    const refused = held('needs_you', 'STRING_TOO_LONG');
    expect(syncMove(refused, OWNER).whose).toBe('you');
    expect(syncMove(refused, ADMIN).whose).toBe('owner');
    const locked = held('needs_admin', 'ENTITY_IS_LOCKED');
    expect(syncMove(locked, OWNER).whose).toBe('admin');
    expect(syncMove(locked, ADMIN).whose).toBe('youAsAdmin');
    expect(syncMove(held('waiting', 'NETWORK'), OWNER).whose).toBeNull();
  });

  it('leads to where it is mended, else to Diagnostics', () => {
    const way = (state: TaskSync['state'], reason: string, reader = OWNER) =>
      syncMove(held(state, reason), reader).way;
    expect(way('needs_admin', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST')).toBe('map');
    expect(way('needs_admin', 'INVALID_FIELD_FOR_INSERT_UPDATE')).toBe('access');
    expect(way('waiting', 'REQUEST_LIMIT_EXCEEDED')).toBe('health');
    expect(way('needs_you', 'FIELD_CUSTOM_VALIDATION_EXCEPTION')).toBe('diagnostics');
    expect(way('needs_admin', 'A_CODE_FROM_THE_FUTURE', ADMIN)).toBe('diagnostics');
    const expired = held('needs_you', 'INVALID_GRANT', { class: 'authentication' });
    expect(syncMove(expired, OWNER).way).toBe('signIn');
    expect(syncMove(expired, ADMIN).way).toBe('diagnostics');
  });

  it('is tried again by its id, unless that is under way or the whole account waits', () => {
    expect(syncMove(held('needs_you', 'MALFORMED_ID'), OWNER).retry).toBe('link:1');
    expect(syncMove(held('waiting', 'NETWORK'), OWNER).retry).toBe('link:1');
    const trying = held('needs_you', 'MALFORMED_ID', { isTrying: true });
    expect(syncMove(trying, OWNER).retry).toBeNull();
    expect(syncMove(held('needs_you', 'sign_in_again'), OWNER)).toMatchObject({
      way: 'signIn',
      retry: null,
    });
  });

  it('B11.5 a deletion that waits leads its owner to the question, and nobody else', () => {
    const waits = held('needs_you', 'deletion_waits', null);
    expect(syncMove(waits, OWNER)).toEqual({ whose: 'you', way: 'question', retry: null });
    expect(syncMove(waits, ADMIN)).toEqual({ whose: 'owner', way: null, retry: null });
  });

  it('what is not held up has no move', () => {
    const left = held('not_synced', 'reassigned_in_salesforce');
    expect(syncMove(left, OWNER)).toEqual({ whose: null, way: null, retry: null });
  });
});
