/** Whether keys are typed there: into a field, or into what lies over the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog, [role="dialog"], [role="menu"]')) return true;
  const field = target.closest('input, textarea, select, [contenteditable]');
  return field !== null && field.getAttribute('type') !== 'checkbox';
}
