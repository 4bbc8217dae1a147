import { EVENTS_PATH } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STREAMS_PER_USER_MAX } from '../live/hub.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly taskIds?: string[];
}

/** Opens the stream; `next` waits for the next event of it. */
async function listen(client: TestClient, lastEventId?: string) {
  const stop = new AbortController();
  const response = await fetch(tandem.url + EVENTS_PATH, {
    signal: stop.signal,
    headers: {
      cookie: client.cookieHeader,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Heard> => {
    for (;;) {
      const block = /id: (\S+)\nevent: (\w+)\ndata: (.*)\n\n/.exec(text);
      if (block !== null) {
        text = text.slice(block.index + block[0].length);
        return { id: block[1] ?? '', ...JSON.parse(block[3] ?? '{}') };
      }
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) throw new Error('the stream ended');
      text += chunk.value;
    }
  };
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    next,
    close: () => stop.abort(),
  };
}

const create = async (client: TestClient, name: string): Promise<string> =>
  (await client.send('POST', '/api/v1/tasks', { name })).json.id;

test('B9.4 a change reaches the open pages of its people, and nobody else’s', async () => {
  const [wren, otto] = [tandem.client(), tandem.client()];
  await wren.signUp('Wren');
  await otto.signUp('Otto');
  const [wrens, ottos] = [await listen(wren), await listen(otto)];
  expect(wrens.type).toContain('text/event-stream');
  const wrensTask = await create(wren, 'Live');
  const ottosTask = await create(otto, 'His own');
  expect(await wrens.next()).toMatchObject({ type: 'tasks', taskIds: [wrensTask] });
  // Otto's first event is his own: Wren's did not come before it.
  expect(await ottos.next()).toMatchObject({ type: 'tasks', taskIds: [ottosTask] });
  wrens.close();
  ottos.close();
});

test('B9.4 a page that was away gets what it missed', async () => {
  const ada = tandem.client();
  await ada.signUp('Ada');
  const first = await listen(ada);
  await create(ada, 'Seen');
  const { id } = await first.next();
  first.close();
  const missed = await create(ada, 'Missed');
  const again = await listen(ada, id);
  expect(await again.next()).toMatchObject({ type: 'tasks', taskIds: [missed] });
  again.close();
});

test('B9.4 a page that was away too long reads everything again', async () => {
  const bea = tandem.client();
  await bea.signUp('Bea');
  const stream = await listen(bea, 'another-process-7');
  expect(await stream.next()).toMatchObject({ type: 'tasks', taskIds: [] });
  expect(await stream.next()).toMatchObject({ type: 'sync' });
  expect(await stream.next()).toMatchObject({ type: 'settings' });
  stream.close();
});

test('B12.3 the number of open pages per person is bounded', async () => {
  const cy = tandem.client();
  await cy.signUp('Cy');
  const open = [];
  for (let n = 0; n < STREAMS_PER_USER_MAX; n += 1) open.push(await listen(cy));
  const reply = await cy.get(EVENTS_PATH);
  expect([reply.status, reply.json.code]).toEqual([429, 'too_many_requests']);
  for (const stream of open) stream.close();
});
