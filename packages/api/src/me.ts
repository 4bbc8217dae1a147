import { z } from 'zod';
import { storable } from './text.ts';

/** GET me: who is signed in. Sign-up and sign-in themselves are better-auth's, under /api/auth. */
export const me = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
  role: z.enum(['admin', 'manager', 'rep']),
  /** IANA name; null until the browser has told (PATCH me). */
  timeZone: z.string().nullable(),
  locale: z.enum(['en', 'zh-CN']),
});
export type Me = z.infer<typeof me>;
const isTimeZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
export const mePatch = z
  .strictObject({
    name: storable.trim().min(1, 'must not be empty').max(200),
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone name like Europe/Oslo'),
    locale: z.enum(['en', 'zh-CN']),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must name at least one field');
export type MePatch = z.input<typeof mePatch>;

/** Server-sent events at GET events: `event: <type>`, `data: <json>`; reconnect with Last-Event-ID. */
export const liveEvent = z.discriminatedUnion('type', [
  /** No ids: some tasks changed while the stream was away; read again what is on screen. */
  z.object({ type: z.literal('tasks'), taskIds: z.array(z.string()) }),
  z.object({ type: z.literal('sync') }),
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('notices') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
