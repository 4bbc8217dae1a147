import { ENDPOINTS } from '@tandem/api';
import type { FastifyInstance } from 'fastify';
import { answerOf } from '../connect/gateway.ts';
import { withSalesforce } from '../connect/with-salesforce.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';

/** GET salesforce/search: what the person's own account may see, for the pickers. */
export function registerSearch(app: FastifyInstance, services: Services): void {
  endpoint(app, ENDPOINTS.searchRecords, async ({ actor, query: { q, kind } }) => {
    const { value } = await withSalesforce(services, actor, async (salesforce) =>
      answerOf(
        kind === 'person' ? await salesforce.searchPeople(q) : await salesforce.searchRelated(q),
      ),
    );
    return { records: value.map(({ id, type, name }) => ({ id, type, name })) };
  });
}
