import { afterEach, describe, expect, it } from 'vitest';
import { hint, LINKED, Listening, STRANGER } from './testing/listening.ts';

const running: Listening[] = [];
afterEach(async () => {
  for (const listening of running.splice(0)) {
    listening.stop.abort();
    await listening.ended;
  }
});

async function listening(place: number | null = 7) {
  const started = new Listening(place === null ? null : Uint8Array.of(place));
  running.push(started);
  await started.pass(0);
  return started;
}

describe('following the change events of an org', () => {
  it('B8.2 reads what changed within a second, and folds a burst into one call', async () => {
    const org = await listening();
    expect(org.state).toBe('listening');
    await org.tell(8, hint());
    await org.tell(9, hint(), hint({ ids: ['00T000000000002AAA'], ownerId: '005MARA' }));
    await org.pass(1_000);
    expect(org.wishes).toEqual([{ kind: 'read', ids: [LINKED, '00T000000000002AAA'] }]);
    expect(org.place).toEqual(Uint8Array.of(9));
  });

  it('E1 keeps two calls apart, however many events come', async () => {
    const org = await listening();
    for (let place = 8; place < 48; place += 1) {
      await org.tell(place, hint());
      await org.pass(100);
    }
    expect(org.wishes.length).toBeLessThanOrEqual(3);
  });

  it('E1 what concerns nobody here costs no call, and is behind us all the same', async () => {
    const org = await listening();
    await org.tell(8, hint({ ids: [STRANGER] }));
    await org.pass(30_000);
    expect(org.wishes).toEqual([]);
    expect(org.place).toEqual(Uint8Array.of(8));
  });

  it('E2 an echo alone waits a minute for a call to ride on', async () => {
    const org = await listening();
    await org.tell(8, hint({ isOwn: true }));
    await org.pass(55_000);
    expect(org.wishes).toEqual([]);
    await org.pass(20_000);
    expect(org.wishes).toEqual([{ kind: 'read', ids: [LINKED] }]);
  });

  it('L4 polls where nobody knows what was missed: without a place, and after an overflow', async () => {
    const org = await listening(null);
    await org.pass(1_000);
    expect(org.wishes).toEqual([{ kind: 'poll' }]);
    await org.pass(3_000);
    await org.tell(8, hint({ kind: 'overflow', ids: [] }));
    await org.pass(1_000);
    expect(org.wishes).toEqual([{ kind: 'poll' }, { kind: 'poll' }]);
  });

  it('says from the first event on that they come, and then only from time to time', async () => {
    const org = await listening();
    await org.tell(8, hint({ ids: [STRANGER] }));
    await org.tell(9, hint({ ids: [STRANGER] }));
    expect(org.saved.filter(({ lastEventAt }) => lastEventAt !== undefined)).toHaveLength(1);
  });
});

describe('when a turn does not go through', () => {
  it('asks again while somebody else works on the connection', async () => {
    const org = await listening();
    org.outcome = 'busy';
    await org.tell(8, hint());
    await org.pass(1_500);
    expect(org.wishes.length).toBeGreaterThan(1);
    expect(org.place).toEqual(Uint8Array.of(7));
    org.outcome = 'done';
    await org.pass(1_000);
    expect(org.place).toEqual(Uint8Array.of(8));
  });

  it('L4 keeps its place until a poll was through, and asks ever more rarely', async () => {
    const org = await listening();
    org.outcome = 'failed';
    await org.tell(8, hint());
    await org.pass(120_000);
    expect(org.wishes.slice(1).every(({ kind }) => kind === 'poll')).toBe(true);
    expect(org.wishes.length).toBeLessThan(8);
    expect(org.place).toEqual(Uint8Array.of(7));
    org.outcome = 'done';
    await org.pass(120_000);
    expect(org.place).toEqual(Uint8Array.of(8));
  });

  it('B7.1 ends with the connection that rests', async () => {
    const org = await listening();
    org.outcome = 'resting';
    await org.tell(8, hint());
    await org.pass(1_000);
    expect(await org.ended).toBe('ended');
  });
});

describe('when the line ends', () => {
  it('L4 a poll looks at once, and it comes back after its place', async () => {
    const org = await listening();
    await org.tell(8, hint());
    await org.pass(3_000);
    await org.cut('NETWORK');
    expect([org.state, org.polls]).toEqual(['lost', 1]);
    await org.pass(5_000);
    expect(org.opened).toEqual([Uint8Array.of(7), Uint8Array.of(8)]);
    expect(org.state).toBe('listening');
  });

  it('L4 a lost place is given up: from now on, and a poll for the rest', async () => {
    const org = await listening();
    await org.cut('EVENTS_PLACE_LOST');
    await org.pass(6_000);
    expect(org.opened).toEqual([Uint8Array.of(7), null]);
    expect(org.wishes).toEqual([{ kind: 'poll' }]);
  });

  it.each(['EVENTS_NOT_SELECTED', 'EVENTS_NOT_PERMITTED', 'INVALID_GRANT'])(
    'B11.1 %s is somebody’s move: it says so and does not ask again and again',
    async (code) => {
      const org = await listening();
      await org.cut(code);
      expect(await org.ended).toBe('refused');
      expect(org.saved.at(-1)).toMatchObject({ state: 'refused', fault: { code } });
    },
  );

  it('an ended session is renewed by opening the line again', async () => {
    const org = await listening();
    await org.cut('INVALID_SESSION_ID');
    await org.pass(6_000);
    expect(org.opened).toHaveLength(2);
  });

  it('B11.2 comes back later each time where it does not open', async () => {
    const org = await listening();
    org.refusal = 'NETWORK';
    await org.cut('NETWORK');
    await org.pass(60 * 60_000);
    // 5, 10, 20 … seconds, and a quarter of an hour from then on.
    expect(org.opened.length).toBeGreaterThan(8);
    expect(org.opened.length).toBeLessThan(16);
  });
});
