import { useLocation } from '@tanstack/react-router';

/**
 * B12.5: whose tasks the Command Center shows, from its address; null: one's own. Read from the address itself
 * and kept nowhere, so that what is asked of the server and what is shown cannot be about two people.
 */
export function viewedId(): string | null {
  const { pathname, search } = window.location;
  return pathname === '/' ? new URLSearchParams(search).get('as') : null;
}

/** Whether somebody else's tasks are looked at: then nothing is offered that the server would refuse. */
export function useViewing(): boolean {
  return useLocation({
    select: ({ pathname, search }) => pathname === '/' && search.as !== undefined,
  });
}
