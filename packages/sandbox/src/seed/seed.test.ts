import { describe, expect, it } from 'vitest';
import { createClock } from '../org/clock.ts';
import { LocalOrg } from '../org/local-org.ts';
import { seedBulk } from './bulk.ts';
import { seedOrg } from './seed.ts';

const NOW = Date.parse('2026-11-23T10:30:00Z');
const HOUR = 3_600_000;

function demoOrg() {
  const org = new LocalOrg({ clock: createClock(() => NOW) });
  seedOrg(org, 'demo');
  return org;
}

const ms = (stamp: unknown) => Date.parse(String(stamp).replace('+0000', 'Z'));

describe('the demo seed', () => {
  const org = demoOrg();
  const tasks = org.snapshot().rows.Task ?? [];
  const mara = org.userByName('mara@aldermoor.example');
  const hers = tasks.filter((task) => task.OwnerId === mara?.Id);

  it('makes four people, of whom only Mara is an admin', () => {
    const names = org.users().map((user) => user.Name);
    expect(names).toEqual(['Mara Lindqvist', 'Tomas Okafor', 'Lin Wei', 'Priya Raman']);
    expect(org.users().map((user) => org.canModifyAll(user.Id))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('makes about 200 tasks with every status, priority and kind of date', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(195);
    expect(tasks.length).toBeLessThanOrEqual(230);
    expect(new Set(tasks.map((task) => task.Status))).toEqual(
      new Set(['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred']),
    );
    expect(new Set(tasks.map((task) => task.Priority))).toEqual(new Set(['High', 'Normal', 'Low']));
    const dates = new Set(tasks.map((task) => task.ActivityDate));
    for (const date of [null, '2026-11-23', '2026-11-24', '2026-11-22', '2036-11-20']) {
      expect(dates).toContain(date);
    }
    expect(tasks.filter((task) => task.IsArchived).length).toBeGreaterThan(10);
    expect(tasks.filter((task) => task.IsDeleted).length).toBe(9);
    expect(tasks.filter((task) => task.IsRecurrence)).toHaveLength(1);
    expect(tasks.filter((task) => task.RecurrenceActivityId !== null)).toHaveLength(6);
    expect(tasks.some((task) => task.WhoId === null && task.WhatId === null)).toBe(true);
  });

  it('gives Mara at least 60 tasks changed in the last 24 hours, most due today or tomorrow', () => {
    const fresh = hers.filter(
      (task) => !task.IsDeleted && NOW - ms(task.LastModifiedDate) < 24 * HOUR,
    );
    expect(fresh.length).toBeGreaterThanOrEqual(60);
    const soon = fresh.filter((task) =>
      ['2026-11-23', '2026-11-24'].includes(String(task.ActivityDate)),
    );
    expect(soon.length).toBeGreaterThanOrEqual(30);
  });

  it('writes in several languages and up to the 32,000 characters a comment may have', () => {
    const subjects = tasks.map((task) => String(task.Subject)).join('\n');
    for (const script of ['Han', 'Hiragana', 'Arabic']) {
      expect(subjects).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    expect(subjects).toMatch(/ü|ö/);
    expect(subjects).toMatch(/\p{Extended_Pictographic}/u);
    expect(subjects).not.toMatch(/\{who\}|\{what\}/);
    const longest = Math.max(...tasks.map((task) => String(task.Description ?? '').length));
    expect(longest).toBe(32_000);
  });

  it('stamps nothing in the future and nothing modified before it was made', () => {
    for (const task of tasks) {
      expect(ms(task.SystemModstamp)).toBeLessThanOrEqual(NOW);
      expect(ms(task.CreatedDate)).toBeLessThanOrEqual(ms(task.LastModifiedDate));
    }
  });

  it('is the same every time, leaves the clock alone and does not come twice', () => {
    const again = demoOrg();
    expect(again.snapshot().rows.Task).toEqual(tasks);
    expect(again.clock.state()).toEqual({ now: NOW, frozen: false, offsetMs: 0 });
    expect(seedOrg(again, 'demo')).toBe(0);
  });

  it('lies in the bin as deleted over the last two weeks', () => {
    const ages = tasks
      .filter((task) => task.IsDeleted)
      .map((task) => NOW - ms(task.SystemModstamp));
    expect(Math.min(...ages)).toBeLessThan(6 * HOUR);
    expect(Math.max(...ages)).toBeGreaterThan(5 * 24 * HOUR);
    expect(Math.max(...ages)).toBeLessThan(15 * 24 * HOUR);
  });
});

describe('the bulk seed', () => {
  it('makes 5,000 tasks in well under five seconds, the same ones for the same seed', () => {
    const org = new LocalOrg({ clock: createClock(() => NOW) });
    seedOrg(org, 'empty');
    const ownerId = org.userByName('tomas@aldermoor.example')?.Id ?? '';
    const began = process.cpuUsage();
    seedBulk(org, { count: 5_000, ownerId, seed: 7, subjectPrefix: 'bulk: ' });
    // What it costs, not what else the machine does.
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(5_000);
    expect(org.count('Task')).toBe(5_000);
    expect(org.snapshot().rows.Task?.[0]?.Subject).toMatch(/^bulk: .+ #1$/);
  });
});
