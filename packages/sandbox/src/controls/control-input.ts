import { z } from 'zod';
import type { Ctx, Org, OrgRecord } from '../org/org.ts';

/** A body or query the controls cannot use; `field` says where. */
export class BadInput extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'BadInput';
    this.field = field;
  }
}

export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input ?? {});
  if (read.success) return read.data;
  const issue = deepest(read.error.issues[0]);
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0] ?? ''].join('.');
    throw new BadInput(field, `${field} is not known here`);
  }
  const field = path.length === 0 ? 'body' : path.join('.');
  throw new BadInput(field, `${field}: ${issue?.message ?? 'not understood'}`);
}

/** Of a union, the issue of the branch that came furthest says most. */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}

export function userNamed(org: Org, username: string, field: string): OrgRecord {
  const user = org.userByName(username);
  if (user === null) throw new BadInput(field, `${field}: no user is called ${username}`);
  return user;
}

/** The controls act as this user, or as the first one, and may do everything. */
export function controlCtx(org: Org, username?: string, field = 'as'): Ctx {
  const user = username === undefined ? org.users()[0] : userNamed(org, username, field);
  return { userId: user?.Id ?? org.id, client: null, source: 'control' };
}

/** An instant as ISO text or milliseconds. */
export const instant = z
  .union([z.number().int(), z.iso.datetime({ offset: true })])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)));

export const recordId = z.string().regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/, 'not a record id');

/** Ids in one call; a Salesforce list is no longer either. */
export const recordIds = z.array(recordId).min(1).max(10_000);

const LOOPBACK = /^(127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d+)?$/i;

export function isLoopbackCaller(host: string | undefined, origin: string | undefined): boolean {
  if (host === undefined || !LOOPBACK.test(host)) return false;
  if (origin === undefined) return true;
  return LOOPBACK.test(origin.replace(/^https?:\/\//i, ''));
}
