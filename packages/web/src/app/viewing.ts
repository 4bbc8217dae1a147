/**
 * B12.5: whose tasks the Command Center shows, from its address; null: one's own. Read from the address itself
 * and kept nowhere, so that what is asked of the server and what is shown cannot be about two people.
 */
export function viewedId(): string | null {
  const { pathname, search } = window.location;
  return pathname === '/' ? new URLSearchParams(search).get('as') : null;
}
