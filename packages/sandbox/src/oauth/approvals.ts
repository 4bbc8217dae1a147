import type { Id, Org } from '../org/org.ts';
import type { ConnectedApp } from './apps.ts';

/** Which user let in which app, and for what. */
const APPROVAL = 'oauth/approval/';

export function isApproved(org: Org, userId: Id, app: ConnectedApp, scope = ''): boolean {
  if (app.preApproved) return true;
  const granted = org.side.get(`${APPROVAL}${userId}/${app.clientId}`);
  if (typeof granted !== 'string') return false;
  const words = new Set(granted.split(' '));
  return scope.split(' ').every((word) => word === '' || words.has(word));
}

export function approve(org: Org, userId: Id, app: ConnectedApp, scope: string): void {
  org.side.set(`${APPROVAL}${userId}/${app.clientId}`, scope);
}

export function withdrawApproval(org: Org, userId: Id, clientId: string): void {
  org.side.delete(`${APPROVAL}${userId}/${clientId}`);
}
