import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { EXAMPLES } from '@tandem/api/examples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExampleWorld } from '../testing/example-world.ts';

let world: Awaited<ReturnType<typeof startExampleWorld>>;
beforeAll(async () => {
  world = await startExampleWorld();
});
afterAll(() => world?.close());

/** Without an account connected there is little left to try. */
const rows = (Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][]).sort(
  ([a], [b]) => Number(a === 'disconnect') - Number(b === 'disconnect'),
);

describe('the examples of the API', () => {
  test.each(rows)('%s does what its example says', async (name, contract) => {
    const example = EXAMPLES[name];
    const real = await world.before(name);
    const path = contract.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
      expect(example.params, `the example of ${name} names {${part}}`).toHaveProperty(part);
      return encodeURIComponent(real[part] ?? '');
    });
    const query = new URLSearchParams(
      Object.entries(example.query ?? {}).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]),
    );
    const body = JSON.parse(
      JSON.stringify(example.body ?? null)
        .replaceAll(EXAMPLE_TASK, real.id ?? '')
        .replaceAll(EXAMPLE_TOKEN, real.token ?? '')
        .replaceAll(EXAMPLE_PERSON, real.toUserId ?? EXAMPLE_PERSON)
        .replaceAll(EXAMPLE_INVITATION, real.token ?? ''),
    );
    expect(body !== null, `a body, if and only if ${name} takes one`).toBe(
      contract.body !== undefined,
    );
    const isAnybody = contract.who === 'anybody' && name !== 'getSession';
    const client = isAnybody ? world.tandem.client() : world.ada;
    const reply = await client.send(
      contract.method,
      query.size === 0 ? path : `${path}?${query}`,
      body ?? undefined,
    );
    expect([reply.status, reply.text]).toEqual([
      contract.status ?? (contract.reply === null ? 204 : 200),
      expect.anything(),
    ]);
    if (contract.reply === null) return expect(example).not.toHaveProperty('reply');
    expect(contract.reply.safeParse(example.reply).error).toBeUndefined();
    const said = contract.media === undefined ? reply.json : reply.text;
    expect(differences(example.reply, said, name)).toEqual([]);
  });

  test('each operation of the OpenAPI document has its name and its examples', async () => {
    const { json } = await world.ada.get('/api/openapi.json');
    for (const [name, { path, method, status, reply, media }] of rows) {
      const operation = json.paths[path][method.toLowerCase()];
      expect(operation.operationId).toBe(name);
      const good = operation.responses[status ?? (reply === null ? 204 : 200)];
      const content = good.content?.[media ?? 'application/json'];
      if (reply !== null) expect(content, name).toHaveProperty('example');
    }
    const write = json.paths['/api/v1/tasks'].post;
    expect(write.requestBody.content['application/json'].example).toEqual(EXAMPLES.createTask.body);
    expect(write.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header' }]);
    expect(json.webhooks.event.post.requestBody.content).toHaveProperty(['application/json']);
  });
});

const EXAMPLE_TOKEN = 'Hk3Vw7Qm2Zr9Tx4Bn6Yc1Ls8';
const EXAMPLE_PERSON = 'Ba2oxrLfEWHRCxneuhTACeoHMH5fooxe';
const EXAMPLE_INVITATION = 'inv_Vw3mJ8Zk1pQxR7tYb2NcD5fGh9LsA4eUiO6vXzKqWrT';
const EXAMPLE_TASK = '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01';

/** Where example and answer differ in shape: names of fields and kinds of values. Null stands for anything. */
function differences(example: unknown, real: unknown, at: string): string[] {
  if (example === null || real === null) return [];
  if (Array.isArray(example) && Array.isArray(real)) {
    const [one] = example;
    return one === undefined ? [] : real.flatMap((each) => differences(one, each, `${at}[]`));
  }
  if (typeof example !== typeof real) return [`${at}: ${typeof example} is ${typeof real}`];
  if (typeof example !== 'object' || typeof real !== 'object') return [];
  const [ours, theirs] = [example as Record<string, unknown>, real as Record<string, unknown>];
  const missing = Object.keys(theirs).filter((key) => !(key in ours));
  const extra = Object.keys(ours).filter((key) => !(key in theirs));
  return [
    ...missing.map((key) => `${at}.${key} is missing in the example`),
    ...extra.map((key) => `${at}.${key} is not in the answer`),
    ...Object.keys(ours)
      .filter((key) => key in theirs)
      .flatMap((key) => differences(ours[key], theirs[key], `${at}.${key}`)),
  ];
}
