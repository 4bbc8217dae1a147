import type { Id } from './org.ts';

/** Whose bearer token this is. The OAuth side issues and ends tokens; REST only asks. */
export interface Sessions {
  resolve(bearer: string): { readonly userId: Id; readonly clientId: string } | null;
}
