import { FAULT_TEXTS_EN, SKIP_TEXTS_EN } from '@tandem/api/faults/en';

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
        'What is kept stays here and follows Salesforce no more; what goes to Trash can be restored for 30 days.',
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
  /** By cause: what happened, and what happens next. Salesforce’s own words stand beside it. */
  fault: FAULT_TEXTS_EN,
  /** Why a Salesforce task was left out of the import. */
  skip: SKIP_TEXTS_EN,
  /** Two whole sentences, one after the other. */
  twoSentences: '{{what}} {{next}}',
  since: 'since {{when}}',
  salesforceSays: 'Salesforce says:',
} as const;
