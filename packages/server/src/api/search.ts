import { ENDPOINTS } from '@tandem/api';
import type { FastifyInstance } from 'fastify';
import { answerOf } from '../connect/gateway.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';
import { connectedAccount } from './connection.ts';

/** GET salesforce/search: what the person's own account may see, for the pickers. */
export function registerSearch(app: FastifyInstance, services: Services): void {
  endpoint(app, ENDPOINTS.searchRecords, async ({ actor, query: { q, kind } }) => {
    const salesforce = services.salesforce.of(await connectedAccount(services, actor));
    const { value } = answerOf(
      kind === 'person' ? await salesforce.searchPeople(q) : await salesforce.searchRelated(q),
    );
    return { records: value.map(({ id, type, name }) => ({ id, type, name })) };
  });
}
