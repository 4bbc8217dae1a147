import { z } from 'zod';

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
export const mePatch = z
  .strictObject({ timeZone: z.string().max(64), locale: z.enum(['en', 'zh-CN']) })
  .partial();

export const member = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(['admin', 'manager', 'rep']),
});
export const members = z.object({ members: z.array(member) });

/** Server-sent events at GET events: `event: <type>`, `data: <json>`; reconnect with Last-Event-ID. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tasks'), taskIds: z.array(z.string()) }),
  z.object({ type: z.literal('sync') }),
  z.object({ type: z.literal('settings') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
