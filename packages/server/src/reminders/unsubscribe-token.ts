import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Unsubscribed } from '@tandem/store';
import { z } from 'zod';

/**
 * What a link that ends mails carries: whose and which, signed. It needs no sign-in, does this one thing,
 * and never runs out, because a mail may be read years later.
 */
export interface Unsubscription {
  readonly workspaceId: string;
  readonly userId: string;
  readonly kind: Unsubscribed;
}

const shape = z.tuple([
  z.uuid(),
  z.string().max(200),
  z.enum(['digest', 'due', 'eve', 'needsYou']),
]);

export function signUnsubscription(
  { workspaceId, userId, kind }: Unsubscription,
  key: Buffer,
): string {
  const payload = Buffer.from(JSON.stringify([workspaceId, userId, kind])).toString('base64url');
  return `${payload}.${mac(payload, key)}`;
}

/** Null: not made by us, or altered. */
export function readUnsubscription(token: string, key: Buffer): Unsubscription | null {
  const [payload = '', signature = ''] = token.split('.');
  const expected = Buffer.from(mac(payload, key));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const { data } = shape.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return data === undefined ? null : { workspaceId: data[0], userId: data[1], kind: data[2] };
}

function mac(payload: string, key: Buffer): string {
  return createHmac('sha256', key).update(payload).digest('base64url');
}
