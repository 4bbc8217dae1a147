import type { Task } from '@tandem/api';
import i18next from 'i18next';
import { toast } from '../ui/toast.ts';

/** Ways out of the list: the record in Salesforce, and an address that others of the team can open. */
export function openInSalesforce(task: Task): void {
  const { salesforceUrl } = task.sync;
  if (salesforceUrl) window.open(salesforceUrl, '_blank', 'noreferrer');
  else toast(i18next.t('tasks.sides.notThere'));
}

export async function copyTaskLink(task: Task): Promise<void> {
  const link = `${location.origin}/?task=${task.id}`;
  try {
    await navigator.clipboard.writeText(link);
    toast(i18next.t('center.linkCopied'));
  } catch {
    // Without https browsers keep the clipboard to themselves; the address is then shown to be copied by hand.
    toast(link);
  }
}
