/** What the keys of the list do, beyond the tasks' own. */
export const keys = {
  assign: 'Assign to a colleague',
  groups: { go: 'Move', do: 'Do', days: 'Days', list: 'The list' },
  palette: 'Everything: commands, tasks, pages',
  selectMany: 'Select up to the next, the previous',
  selectAll: 'Select all',
  today: 'Due today',
  tomorrow: 'Due tomorrow',
  nextWeek: 'Due next week',
  noDate: 'No due date',
  dayEarlier: 'A day earlier, a day later',
  salesforce: 'Open in Salesforce',
  copyLink: 'Copy link',
  views: 'The first nine filters',
  firstLast: 'First, last task',
} as const;
