import { createSandbox } from '@tandem/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryVault } from '../../test/memory-vault.ts';
import { control, grantFor, MARA, oauthOf, type Sandbox } from '../../test/sandbox-session.ts';
import { tokensFrom } from '../tokens.ts';
import { createChangeEvents, EventsEnded, type HintBatch } from './change-events.ts';
import type { ChangeHint } from './read-event.ts';

const TOMAS = 'tomas@aldermoor.example';

let sandbox: Sandbox;
const open: AbortController[] = [];

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 'empty', eventsPort: 0 });
});
afterAll(() => sandbox.close());
afterEach(() => {
  for (const stop of open.splice(0)) stop.abort();
});

async function followAs(username: string, options: { silenceMs?: number } = {}) {
  const { events } = sandbox;
  if (events === null) throw new Error('no Pub/Sub API is served');
  const grant = await grantFor(sandbox, username);
  const memory = memoryVault({ ...grant, refreshToken: grant.refreshToken ?? '' });
  const stop = new AbortController();
  open.push(stop);
  const source = createChangeEvents({
    address: events,
    orgId: sandbox.org.id,
    tokens: tokensFrom(memory.vault, oauthOf(sandbox)),
    ...options,
  });
  return {
    stop,
    listen: (place: Uint8Array | null = null) =>
      source.listen(place, stop.signal)[Symbol.asyncIterator](),
  };
}

/** Reads on until so many hints have come; answers them and the place after them. */
async function hints(line: AsyncIterator<HintBatch>, count: number) {
  const found: ChangeHint[] = [];
  let place: Uint8Array | null = null;
  while (found.length < count) {
    const { value, done } = await line.next();
    if (done === true) throw new Error('the line has ended');
    found.push(...value.hints);
    place = value.place;
  }
  return { found, place };
}

async function opened(line: AsyncIterator<HintBatch>) {
  const { value } = await line.next();
  expect(value).toEqual({ hints: [], place: null });
  // "From now on" is from when the org counts the reader.
  await expect
    .poll(async () => {
      const listed = await fetch(`${sandbox.url}/__sandbox__/events`);
      return ((await listed.json()) as { readers: number }).readers;
    })
    .toBeGreaterThan(0);
}

function create(username = MARA, client: string | null = null): string {
  const userId = sandbox.org.userByName(username)?.Id ?? '';
  const result = sandbox.org.insert('Task', { Subject: 'x' }, { userId, client, source: 'rest' });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.id;
}

async function faultOf(line: AsyncIterator<HintBatch>): Promise<string> {
  try {
    for (;;) if ((await line.next()).done === true) return 'ended';
  } catch (error) {
    if (error instanceof EventsEnded) return error.fault.code;
    throw error;
  }
}

describe('following change events', () => {
  test('B8.2 R2 names what changed, for whom, and whether it was us', async () => {
    const { listen } = await followAs(MARA);
    const line = listen();
    await opened(line);
    const id = create(TOMAS);
    const own = create(MARA, 'tandem');
    const { found } = await hints(line, 2);
    const tomas = sandbox.org.userByName(TOMAS)?.Id;
    expect(found).toEqual([
      { kind: 'change', ids: [id], mayBeNew: true, ownerId: tomas, isOwn: false },
      expect.objectContaining({ ids: [own], isOwn: true }),
    ]);
  });

  test('B8.2 takes gaps with their ids, and an overflow with none', async () => {
    const { listen } = await followAs(MARA);
    const line = listen();
    await opened(line);
    const id = create();
    await control(sandbox, 'events', { action: 'emit', changeType: 'GAP_DELETE', recordIds: [id] });
    await control(sandbox, 'events', { action: 'overflow' });
    const { found } = await hints(line, 3);
    expect(found.slice(1)).toEqual([
      { kind: 'gap', ids: [id], mayBeNew: false, ownerId: null, isOwn: false },
      { kind: 'overflow', ids: [], mayBeNew: false, ownerId: null, isOwn: false },
    ]);
  });

  test('L4 goes on after the place where it was, and through more than it asks for at once', async () => {
    const { listen, stop } = await followAs(MARA);
    const line = listen();
    await opened(line);
    create();
    const { place } = await hints(line, 1);
    stop.abort();
    expect(await line.next()).toEqual({ done: true, value: undefined });
    const missed = Array.from({ length: 250 }, () => create());
    const again = (await followAs(MARA)).listen(place);
    const { found } = await hints(again, 250);
    expect(found.flatMap(({ ids }) => ids)).toEqual(missed);
  });

  test('says that the place is lost when Salesforce no longer has it', async () => {
    const { listen } = await followAs(MARA);
    const line = listen();
    await opened(line);
    create();
    const { place } = await hints(line, 1);
    await control(sandbox, 'events', { action: 'expire' });
    expect(await faultOf((await followAs(MARA)).listen(place))).toBe('EVENTS_PLACE_LOST');
  });

  test('says whose move a refusal is', async () => {
    expect(await faultOf((await followAs(TOMAS)).listen())).toBe('EVENTS_NOT_PERMITTED');
    await control(sandbox, 'events', { action: 'select', objects: [] });
    const notSelected = await faultOf((await followAs(MARA)).listen());
    await control(sandbox, 'events', { action: 'select', objects: ['Task'] });
    expect(notSelected).toBe('EVENTS_NOT_SELECTED');
  });

  test('opens with a fresh token when the session has ended, and says so where it ends under way', async () => {
    const { listen } = await followAs(MARA);
    await control(sandbox, 'tokens', { action: 'expire' });
    const line = listen();
    await opened(line);
    await control(sandbox, 'tokens', { action: 'expire' });
    create();
    expect(await faultOf(line)).toBe('INVALID_SESSION_ID');
    await opened(listen());
    await control(sandbox, 'tokens', { action: 'revoke' });
    expect(await faultOf(listen())).toBe('INVALID_GRANT');
  });

  test('a line that is cut, that falls silent, or has nobody at its end is a passing fault', async () => {
    const { listen } = await followAs(MARA);
    const cut = listen();
    await opened(cut);
    await control(sandbox, 'events', { action: 'disconnect' });
    expect(await faultOf(cut)).toBe('NETWORK');
    expect(await faultOf((await followAs(MARA, { silenceMs: 50 })).listen())).toBe('TIMEOUT');
    const nobody = createChangeEvents({
      address: { endpoint: 'localhost:9', certificate: sandbox.events?.certificate ?? '' },
      orgId: sandbox.org.id,
      tokens: {
        access: async () => ({ accessToken: 'x', instanceUrl: sandbox.url }),
        refresh: async () => ({ kind: 'unknown', message: 'not asked' }),
      },
    });
    const line = nobody.listen(null, new AbortController().signal)[Symbol.asyncIterator]();
    expect(await faultOf(line)).toBe('NETWORK');
  });
});
