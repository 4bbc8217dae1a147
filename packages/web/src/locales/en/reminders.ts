export const reminders = {
  title: 'Reminders',
  lead: 'When Tandem speaks up by itself. Times are on your own clock: {{zone}}.',
  noZone: 'Your time zone is not known yet, so nothing is planned. Reload this page.',
  next: 'Next: {{when}}.',
  nothingPlanned: 'Nothing is planned.',
  at: 'At',
  byMail: 'By e-mail',
  inBrowser: 'In the browser',
  off: 'Off',
  digest: {
    title: 'A digest of the day',
    text: 'What is overdue, due today and due tomorrow, in one message.',
    days: 'On',
    whenEmpty: 'Also when there is nothing to do',
  },
  due: {
    title: 'On the due date',
    text: 'What is due today, at an hour when you can still do it. What others put on today after that is told when it comes.',
  },
  eve: { title: 'The evening before', text: 'What is due tomorrow.' },
  needsYou: {
    title: 'When something needs you',
    text: 'A sign-in that Salesforce refuses, a question before many tasks are deleted; for admins also accounts on which nobody works, a new status in Salesforce, a stopped webhook. The pages always say it.',
  },
  mail: {
    address: 'Mail goes to {{address}}.',
    off: 'No mail server is set, so nothing is sent by e-mail. Whoever runs Tandem sets TANDEM_SMTP_URL and TANDEM_MAIL_FROM.',
    missed:
      '{{what}} of {{date}} was not sent in time: the server was down, or no mail was taken from it.',
  },
  browser: {
    title: 'This browser',
    granted: 'Notifications are allowed here. They come while a page of Tandem is open.',
    default:
      'Reminders show on the page. With your permission they also come as notifications of your system, while a page of Tandem is open.',
    denied:
      'This browser blocks notifications of Tandem. Reminders show on the page; to change that, open the site’s settings beside the address.',
    unsupported: 'This browser has no notifications. Reminders show on the page.',
    allow: 'Allow notifications',
  },
  save: { button: 'Save', unsaved: 'Not saved yet.', saved: 'Saved.' },
  test: {
    button: 'Send me a test',
    sent: 'Sent to {{address}}, and shown here.',
    off: 'Shown here. By e-mail nothing is sent.',
  },
  preview: {
    title: 'Your next digest',
    when: 'As it would be on {{when}}, if nothing changed.',
    now: 'No digest is planned. This is what it would hold now.',
    nothing: 'Nothing is overdue, and nothing is due on that day or the day after.',
    overdue: 'Overdue: {{count}}',
    today: 'That day: {{count}}',
    tomorrow: 'The day after: {{count}}',
    more: 'and {{count}} more',
    unnamed: '(no name)',
  },
} as const;
