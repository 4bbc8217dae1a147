/**
 * What opens may still wait for its script, or for the focus, while somebody types already: that is meant for its
 * field, not for the shortcuts of the page. One thing at a time opens this way.
 */
let early = '';
let leave = () => {};

/** From now on until `takeEarlyKeys`; Escape calls `onEscape`. */
export function keepEarlyKeys(onEscape: () => void): void {
  early = '';
  leave = onEscape;
  window.addEventListener('keydown', keep, { capture: true });
}

/** What was typed meanwhile. From now on whatever has the focus hears the keys. */
export function takeEarlyKeys(): string {
  window.removeEventListener('keydown', keep, { capture: true });
  const typed = early;
  early = '';
  return typed;
}

const keep = (event: KeyboardEvent) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === 'Escape') leave();
  else if (event.key.length === 1) early += event.key;
};
