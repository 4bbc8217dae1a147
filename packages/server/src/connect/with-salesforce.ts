import type { Salesforce } from '@tandem/salesforce';
import { type Actor, type ConnectionView, getConnection, noteSignInNeeded } from '@tandem/store';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/**
 * Asks Salesforce on behalf of a person who waits. A refused authorisation is noted for everybody to see,
 * whichever call met it first (B11.8).
 */
export async function withSalesforce<T>(
  services: Pick<Services, 'db' | 'salesforce'>,
  actor: Actor,
  work: (salesforce: Salesforce, connection: ConnectionView) => Promise<T>,
): Promise<T> {
  const { db, salesforce } = services;
  const connection = await getConnection(db, actor);
  if (connection === null || !connection.connected) throw new Refusal('not_connected');
  if (connection.signInNeeded) throw new Refusal('salesforce_sign_in');
  try {
    return await work(salesforce.of(connection), connection);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'salesforce_sign_in') {
      await noteSignInNeeded(db, connection);
    }
    throw error;
  }
}
