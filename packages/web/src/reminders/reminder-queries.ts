import type { DigestPreview, Reminders } from '@tandem/api';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';

export const remindersQuery = queryOptions({
  queryKey: ['settings', 'reminders'],
  queryFn: ({ signal }) => request<Reminders>('v1/reminders', { signal }),
});

/** Its key begins as those of tasks, so that a changed task changes the preview. */
export const digestPreviewQuery = queryOptions({
  queryKey: ['tasks', 'digest'],
  queryFn: ({ signal }) => request<DigestPreview>('v1/reminders/preview', { signal }),
});
