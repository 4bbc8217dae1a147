import { ENDPOINTS, type EndpointName } from '@tandem/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExampleApi } from '../testing/example-api.ts';
import { tandemCommand } from '../testing/tandem-command.ts';
import { REACHED } from './reached.table.ts';

/** Whatever a program can do, the command line can: each operation has its command, or a reason why none. */

let api: Awaited<ReturnType<typeof startExampleApi>>;
let run: ReturnType<typeof tandemCommand>['run'];

beforeAll(async () => {
  api = await startExampleApi();
  ({ run } = tandemCommand({ TANDEM_URL: api.url, TANDEM_TOKEN: 'tdm_of_nobody' }));
});
afterAll(() => api?.close());

const names = Object.keys(ENDPOINTS) as EndpointName[];
const commands = names.flatMap((name) => {
  const entry = REACHED[name];
  return 'why' in entry ? [] : [[name, entry] as const];
});

describe('the tandem command', () => {
  test.each(commands)('reaches %s, in words and as JSON', async (name, args) => {
    const said = await run(args);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(/\S\n$/);
    expect(said.out).not.toMatch(/undefined|\[object|NaN/);
    expect(api.takeAsked()).toContain(name);
    const json = await run([...args, '--json']);
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(() => JSON.parse(json.out)).not.toThrow();
    expect(api.takeAsked()).toContain(name);
  });

  test('leaves out only what has a reason, and no command says otherwise', () => {
    const without = names.filter((name) => 'why' in REACHED[name]);
    expect(without.sort()).toEqual(
      [
        ...['acceptInvitation', 'changePassword', 'createToken', 'forgotPassword', 'getSession'],
        ...['ignoreProblem', 'resetPassword', 'retryProblem', 'showInvitation', 'signIn'],
        ...['signOut', 'signUp', 'startConnection', 'trashTask'],
      ].sort(),
    );
    expect(Object.keys(REACHED).sort()).toEqual([...names].sort());
  });
});
