import type { AppValues, Policy, SalesforceTask } from '@tandem/engine';

/**
 * What B2–B5 promise about two sides that are in step, written down a second time and apart from the engine's
 * own field map. Answers which fields disagree.
 */
export function disagreements(
  app: AppValues,
  sf: SalesforceTask,
  policy: Policy,
  subject: 'must agree' | 'free',
): readonly string[] {
  const wrong: string[] = [];
  if (subject === 'must agree' && !(sf.Subject ?? '').includes(app.name)) wrong.push('name');
  // B3.2: an unmapped status agrees with whatever the app holds.
  const status = policy.status.toApp[sf.Status] ?? null;
  if (status !== null && status !== app.status) wrong.push('status');
  // B4.1
  const priority = policy.priority.toApp[sf.Priority] ?? null;
  if (priority !== null && priority !== app.priority) wrong.push('priority');
  if ((sf.ActivityDate ?? '') !== (app.dueDate ?? '')) wrong.push('dueDate');
  if ((sf.Description ?? '').trim() !== app.details.trim()) wrong.push('details');
  // B2: owners travel among connected users; whose owner is not connected stays with whoever has the record.
  const isConnected = policy.owners.toSf[app.owner] !== undefined;
  if (isConnected && policy.owners.toApp[sf.OwnerId] !== app.owner) wrong.push('owner');
  if ((sf.WhoId ?? '') !== (app.person?.id ?? '')) wrong.push('person');
  if ((sf.WhatId ?? '') !== (app.related?.id ?? '')) wrong.push('related');
  return wrong;
}
