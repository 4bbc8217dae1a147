import type { InvitedRole, MailTexts } from './mail-texts.ts';

const tasks = (count: number) => (count === 1 ? '1 task' : `${count} tasks`);
const are = (count: number) => (count === 1 ? 'is' : 'are');

const ROLES: Readonly<Record<InvitedRole, string>> = {
  admin: 'admin',
  manager: 'manager',
  rep: 'rep',
};

export const en: MailTexts = {
  greeting: (name) => `Good day, ${name}`,
  open: 'Open Tandem',
  openTasks: 'Open the list',
  more: (count) => `and ${count} more`,
  unnamed: '(no name)',
  settings: 'Change when and how you are reminded',
  since: (moment) => `Since ${moment}.`,
  digest: {
    subject: ({ overdue, today, tomorrow }) => {
      const parts = [
        ...(overdue > 0 ? [`${overdue} overdue`] : []),
        ...(today > 0 ? [`${today} due today`] : []),
        ...(tomorrow > 0 ? [`${tomorrow} tomorrow`] : []),
      ];
      return parts.length === 0 ? 'Nothing is due today' : `Your day: ${parts.join(', ')}`;
    },
    nothing: 'Nothing is overdue, and nothing is due today or tomorrow.',
    overdue: (count) => `Overdue: ${count}`,
    today: (count) => `Today: ${count}`,
    tomorrow: (count) => `Tomorrow: ${count}`,
    why: 'This is your daily digest.',
    stop: 'No more digests by e-mail',
  },
  due: {
    subject: (count) => `${tasks(count)} ${are(count)} due today`,
    heading: (date) => `Due today, ${date}`,
    why: 'You asked to be told on the day something is due.',
    stop: 'No more of these by e-mail',
  },
  moreDue: 'Something more is due today',
  eve: {
    subject: (count) => `${tasks(count)} ${are(count)} due tomorrow`,
    heading: (date) => `Due tomorrow, ${date}`,
    why: 'You asked to be told the evening before something is due.',
    stop: 'No more of these by e-mail',
  },
  needsYou: {
    why: 'Tandem writes when something needs you and goes on only with your help.',
    stop: 'No more of these by e-mail; the pages go on saying it',
    sign_in: {
      subject: 'Sign in to Salesforce again',
      text: ({ name }) =>
        `Salesforce does not accept Tandem’s sign-in for your account${name === undefined ? '' : ` at ${name}`} any more. Your tasks are kept here and wait; nothing is lost. Sign in again, and they go on by themselves.`,
      action: 'Sign in again',
    },
    brake: {
      subject: 'Tandem asks before many tasks are deleted',
      text: ({ count }) =>
        `${tasks(count ?? 0)} of yours disappeared on one side in one go. Nothing was deleted on the other. Say whether Tandem should follow, or keep them; everything else goes on meanwhile.`,
      action: 'Look and answer',
    },
    stall: {
      subject: 'Nobody works on sync',
      text: ({ count }) =>
        `Changes of ${count === 1 ? 'one Salesforce account' : `${count ?? 0} Salesforce accounts`} wait, because no worker of Tandem takes them. Nothing is lost. Start one with “tandem serve” or “tandem worker”.`,
      action: 'See how sync is',
    },
    new_status: {
      subject: 'Salesforce has a new task status',
      text: ({ values }) =>
        `New in Salesforce: ${(values ?? []).join(', ')}. Tasks with it keep their state in Tandem until an admin says what it means.`,
      action: 'Say what it means',
    },
    webhook_stopped: {
      subject: 'A webhook was stopped',
      text: ({ name }) =>
        `“${name ?? ''}” took no message for days, or too many waited, so Tandem stopped it. Mend the receiver, switch the webhook on again, and send from its log what was missed.`,
      action: 'Open the webhook',
    },
  },
  test: {
    subject: 'A test from Tandem',
    text: 'This is how reminders reach you. If you see it, mail works.',
    why: 'You asked for this test in Settings → Reminders.',
  },
  reset: {
    subject: 'Choose a new password',
    text: 'Somebody, probably you, asked for a new password for your Tandem account. The link works once, for one hour.',
    action: 'Choose a new password',
    why: 'If it was not you, do nothing: your password stays as it is.',
  },
  invitation: {
    subject: ({ workspace, invitedBy }) => `${invitedBy} invites you to ${workspace}`,
    text: ({ workspace, role }) =>
      `${workspace} keeps its tasks in Tandem, in step with Salesforce. Your role there: ${ROLES[role]}.`,
    until: (moment) => `The link is for you alone and lets you in once, until ${moment}.`,
    action: 'Join',
    why: 'If you know nothing of this, do nothing: without the link nobody joins in your name.',
  },
  unsubscribe: {
    title: 'Reminders by e-mail',
    ask: {
      digest: 'Stop sending you the daily digest by e-mail?',
      due: 'Stop sending you e-mail on the day something is due?',
      eve: 'Stop sending you e-mail the evening before something is due?',
      needsYou: 'Stop sending you e-mail when something needs you?',
    },
    stop: 'Stop it',
    done: 'Done. No more of these come by e-mail; in the browser everything stays as it is.',
    bad: 'This link is not valid. In Settings → Reminders you can change everything.',
    settings: 'Settings → Reminders',
  },
};
