/** The synced fields people edit in a simulated world. */
export const FIELDS = [
  'details',
  'dueDate',
  'name',
  'status',
  'priority',
  'person',
  'owner',
] as const;
