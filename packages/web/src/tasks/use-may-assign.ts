import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';

/** B12.1: managers and admins give tasks to others; nobody does while looking at somebody's list. */
export function useMayAssign(): boolean {
  const role = useQuery(meQuery).data?.role;
  const viewing = useViewing();
  return !viewing && role !== undefined && role !== 'rep';
}
