import { testDatabase } from '@tandem/store/testing';
import { expect, test } from 'vitest';
import { startTestServer } from '../testing/index.ts';
import { tryBadRequests } from '../testing/try-bad-requests.ts';

/** `npm run bad-requests -- --count 100000` tries as many as one likes. */
const COUNT = 3_000;
/** Twenty seconds alone on two cores; room for a machine that does other things as well. */
const TEST_MS_MAX = 600_000;

test(`B12.3 of ${COUNT} generated bad requests each is refused with a code, and nothing changes`, {
  timeout: TEST_MS_MAX,
}, async () => {
  const database = await testDatabase();
  const tandem = await startTestServer({ databaseUrl: database.url });
  try {
    const report = await tryBadRequests(tandem, database.url, { count: COUNT, seed: 1 });
    expect(report).toMatchObject({ tried: COUNT, failures: [], changed: [] });
    const kinds = 'body cookie id key media-type method origin path query size text token';
    expect(Object.keys(report.kinds).sort().join(' ')).toBe(kinds);
  } finally {
    await tandem.close();
    await database.drop();
  }
});
