export const sync = {
  state: {
    in_step: 'In step',
    sending: 'Sending',
    waiting: 'Waiting for Salesforce',
    needs_you: 'Needs you',
    needs_admin: 'Needs an admin',
    not_synced: 'Not synced',
  },
  /** After the word of state: why, in one sentence. */
  reason: {
    created_before_sync: 'This task was made before sync was switched on, so it stays here.',
    sync_off: 'Sync is switched off.',
    not_connected: 'Salesforce is not connected.',
    reassigned_in_salesforce: 'It was given to somebody else in Salesforce.',
    no_longer_in_salesforce: 'Salesforce no longer shows it. It is kept here.',
    deletion_waits: 'It was deleted on one side. Say whether the other side shall follow.',
    sign_in_again: 'Sign in to Salesforce again. Your changes are kept and go by themselves.',
    in_trash: 'It is in Trash.',
    unknown: 'Salesforce answered something Tandem does not know yet.',
  },
  /** B11.5: asked before much is deleted. */
  brake: {
    waits: 'Tandem waits for your answer and has deleted nothing; everything else goes on.',
    trash: {
      question_one:
        '{{count}} of your {{links}} tasks was deleted in Salesforce. Shall it go to Trash here?',
      question_other:
        '{{count}} of your {{links}} tasks were deleted in Salesforce. Shall they go to Trash here?',
      after:
        'What is kept stays here and follows Salesforce no more. From Trash you can restore it for 30 days.',
      keep: 'Keep here',
      goOn: 'Move to Trash',
    },
    delete: {
      question_one:
        '{{count}} of your {{links}} tasks was deleted here. Shall it be deleted in Salesforce?',
      question_other:
        '{{count}} of your {{links}} tasks were deleted here. Shall they be deleted in Salesforce?',
      after:
        'What is kept comes back from Trash. What is deleted lies in Salesforce’s Recycle Bin for 15 days.',
      keep: 'Take out of Trash',
      goOn: 'Delete in Salesforce',
    },
    both: {
      question:
        'Of your {{links}} tasks, {{count}} were deleted: {{toTrash}} in Salesforce, {{toDelete}} here. Shall the other side follow?',
      after:
        'What is kept stays here or comes back from Trash. What is deleted lies in Trash or in Salesforce’s Recycle Bin.',
      keep: 'Keep all',
      goOn: 'Delete on both sides',
    },
    missing: {
      question_one:
        'Salesforce no longer shows {{count}} of your {{links}} tasks. Is it really gone there?',
      question_other:
        'Salesforce no longer shows {{count}} of your {{links}} tasks. Are they really gone there?',
      after:
        'They stay here in any case. If a permission changed in Salesforce, an admin there can give it back; then look again.',
      keep: 'Look again',
      goOn: 'They are gone',
    },
  },
  /** Faults by Salesforce's code: what happened and what to do. Salesforce's own words stand beside it. */
  fault: {
    AUTHENTICATION_FAILURE: 'Salesforce did not accept the sign-in. Sign in to Salesforce again.',
    EXPIRED_ACCESS: 'The permission to act for you in Salesforce has expired. Sign in again.',
    INACTIVE_ORGANIZATION:
      'Salesforce says that this org is not active. A Salesforce admin can tell why.',
    INACTIVE_USER: 'Your Salesforce user is not active. A Salesforce admin can activate it.',
    INVALID_GRANT: 'Salesforce withdrew the permission to act for you. Sign in again.',
    INVALID_SESSION_ID: 'The Salesforce session has ended. Sign in again.',
    API_CURRENTLY_DISABLED:
      'Salesforce has switched off API access for your user. A Salesforce admin can allow it.',
    API_DISABLED_FOR_ORG:
      'API access is switched off for this Salesforce org. A Salesforce admin can allow it.',
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:
      'An automation in Salesforce stopped this change. A Salesforce admin can look at it.',
    ENTITY_IS_LOCKED:
      'The record is locked in Salesforce, for an approval perhaps. It goes when the lock is lifted.',
    FIELD_CUSTOM_VALIDATION_EXCEPTION:
      'A rule in Salesforce did not accept this. Change what it names and it goes by itself.',
    FIELD_FILTER_VALIDATION_EXCEPTION:
      'A value does not pass a lookup filter in Salesforce. Choose another one and it goes by itself.',
    FIELD_INTEGRITY_EXCEPTION:
      'Two values do not go together in Salesforce. Change the one it names and it goes by itself.',
    INSUFFICIENT_ACCESS: 'Your Salesforce user may not do this. A Salesforce admin can allow it.',
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY:
      'Your Salesforce user may not see the record this task belongs to. A Salesforce admin can allow it.',
    INSUFFICIENT_ACCESS_OR_READONLY:
      'Your Salesforce user may not change this record. A Salesforce admin can allow it.',
    INVALID_CROSS_REFERENCE_KEY:
      'The person or record this task belongs to is no longer in Salesforce. Remove it here and the task goes by itself.',
    INVALID_FIELD_FOR_INSERT_UPDATE:
      'Your Salesforce user may not write one of the fields. A Salesforce admin can allow it.',
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:
      'Salesforce does not know this status or priority. An admin can correct the map in Settings.',
    INVALID_TYPE: 'Your Salesforce user may not use tasks. A Salesforce admin can allow it.',
    MALFORMED_ID:
      'A record id is not valid in Salesforce. Remove the person or related record and choose it again.',
    REQUIRED_FIELD_MISSING:
      'Salesforce requires a field that Tandem does not fill. A Salesforce admin can change that.',
    STRING_TOO_LONG: 'A text is too long for Salesforce. Shorten it and it goes by itself.',
    TXN_SECURITY_NO_ACCESS:
      'A security policy in Salesforce stopped this. A Salesforce admin can look at it.',
    FAILED_WRITE: 'Salesforce could not save just now. Tandem tries again by itself.',
    INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE:
      'Salesforce is under maintenance. Tandem tries again by itself.',
    QUERY_TIMEOUT: 'Salesforce took too long to answer. Tandem tries again by itself.',
    REQUEST_LIMIT_EXCEEDED:
      'The API calls of your org are used up for now. Tandem goes on by itself when there are some again.',
    SERVER_UNAVAILABLE: 'Salesforce is not available just now. Tandem tries again by itself.',
    UNABLE_TO_LOCK_ROW:
      'Somebody else is saving the same record in Salesforce. Tandem tries again by itself.',
    INVALID_FIELD: 'Salesforce took too long to read a field. Tandem tries again by itself.',
    NETWORK: 'Salesforce could not be reached. Tandem tries again by itself.',
    TIMEOUT: 'Salesforce did not answer in time. Tandem tries again by itself.',
    CANNOT_UPDATE_CONVERTED_LEAD:
      'The lead was converted in Salesforce and cannot be changed. Choose the contact instead.',
    UNKNOWN_EXCEPTION:
      'Salesforce met an error of its own. An admin can ask Salesforce support about it.',
    OUTCOME_UNKNOWN:
      'Salesforce’s answer was lost, and Tandem cannot tell whether the task was made there. Look in Salesforce, then retry or ignore.',
    UNREADABLE_RECORD:
      'The Salesforce task holds a character or a value that Tandem cannot store. Once it is changed there, the task goes on by itself.',
    BROKEN_INVARIANT:
      'Tandem stopped before doing something it promises never to do, and left both sides as they are. Tell the people who run Tandem; the code beside this names the promise.',
  },
  /** Why a Salesforce task was left out of the import. */
  skip: {
    outside_window: 'Not changed within the import window',
    unmapped_closed_status: 'Closed with a status that is not mapped',
    series: 'A recurring series (its single tasks do sync)',
    deleted: 'In Salesforce’s Recycle Bin',
    archived: 'Archived in Salesforce',
    not_yours: 'Belongs to somebody else',
    unreadable: 'Holds a character or a value that Tandem cannot store',
    unknown: 'For another reason',
  },
  whoseMove: {
    nobody: 'Nothing to do: Tandem tries again by itself.',
    user: 'Your move.',
    admin: 'An admin’s move.',
  },
  since: 'since {{when}}',
  salesforceSays: 'Salesforce says:',
  act: {
    signIn: 'Sign in to Salesforce',
    fix: 'Look at it',
    retry: 'Retry',
  },
} as const;
