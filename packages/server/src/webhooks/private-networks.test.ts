import { describe, expect, it } from 'vitest';
import { isPrivateAddress, isPrivateHost } from './private-networks.ts';
import { pauseMs, retryAfterMs } from './schedule.ts';

describe('private networks', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '[::1]',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1%eth0',
    'ff02::1',
    'nonsense',
  ])('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '[2606:4700::1111]'])(
    '%s is none',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  it('knows names that never leave a house', () => {
    const names = ['localhost', 'a.localhost', 'printer.local', 'db.internal', 'LOCALHOST.'];
    for (const name of names) expect(isPrivateHost(name), name).toBe(true);
    for (const name of ['example.com', 'local.example', 'localhost.example']) {
      expect(isPrivateHost(name), name).toBe(false);
    }
  });
});

describe('the schedule of tries', () => {
  it('waits longer each time, ten tries in about a day', () => {
    const waits = Array.from({ length: 12 }, (_, index) => retryAfterMs(index + 1, 0.5));
    expect(waits.filter((ms) => ms !== null)).toHaveLength(9);
    const total = waits.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
    expect(total / 3_600_000).toBeGreaterThan(20);
    expect(total / 3_600_000).toBeLessThan(26);
    expect(retryAfterMs(1, 0)).toBe(8_000);
    expect(retryAfterMs(1, 1)).toBe(12_000);
  });

  it('leaves a receiver in peace from the third failure in a row, never longer than an hour', () => {
    expect([1, 2, 3, 4].map(pauseMs)).toEqual([0, 0, 10_000, 20_000]);
    expect(pauseMs(50)).toBe(3_600_000);
  });
});
