import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addTask, NOON, restCtx, taskOf, testOrg } from './testing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-org-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journal = () => join(folder, readdirSync(folder).find((f) => f.startsWith('journal')) ?? '');

describe('an org on disk', () => {
  it('is the same after it was closed', async () => {
    const first = testOrg(folder);
    const kept = addTask(first, { Subject: 'kept', Tandem_Key__c: 'k' });
    const gone = addTask(first);
    first.org.remove('Task', gone, first.ann);
    first.org.side.set('note', { a: 1 });
    first.org.changeSettings({ activityAccess: 'controlled_by_parent' });
    first.org.hide(first.bo.userId, [kept]);
    first.org.clock.advance(3_600_000);
    first.org.countCall();
    const before = first.org.snapshot();
    await first.org.close();

    const again = testOrg(folder);
    expect(again.org.snapshot()).toEqual(before);
    expect(again.org.clock.now()).toBe(NOON + 3_600_000);
    expect(again.org.usage().used).toBe(1);
    await again.org.close();
  });

  it('is the same after it was dropped without closing, from its journal', () => {
    const first = testOrg(folder);
    const id = addTask(first, { Subject: 'kept' });
    first.org.update('Task', id, { Status: 'Completed' }, first.ann);
    const gone = addTask(first);
    first.org.remove('Task', gone, first.ann);
    first.org.emptyBin([gone], restCtx(first.ann.userId));
    first.org.side.set('a', 1);
    first.org.side.delete('a');
    const again = testOrg(folder);
    expect(again.org.snapshot()).toEqual(first.org.snapshot());
    // Serials go on: an id is never given twice.
    expect(addTask(again) > gone).toBe(true);
  });

  it('drops a torn last line, and goes on writing after the last whole one', () => {
    const first = testOrg(folder);
    const id = addTask(first, { Subject: 'whole' });
    appendFileSync(journal(), '{"t":"commit","n":99,"put":[["Task",{"Id":"00T');
    const second = testOrg(folder);
    expect(taskOf(second, id).Subject).toBe('whole');
    const more = addTask(second, { Subject: 'after' });
    const third = testOrg(folder);
    expect(taskOf(third, more).Subject).toBe('after');
    expect(readFileSync(journal(), 'utf8')).not.toContain('"n":99');
  });

  it('is refused while another living process holds it', () => {
    const lock = join(folder, 'org.lock');
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, began: null }));
    expect(() => testOrg(folder)).toThrow(
      /Another sandbox \(process \d+\) is using this data folder/,
    );
    for (const left of [
      { pid: 999_999_999, began: null },
      { pid: process.ppid, began: 'long ago' },
    ]) {
      writeFileSync(lock, JSON.stringify(left));
      expect(() => testOrg(folder)).not.toThrow();
    }
  });

  it('compacts into one snapshot, and keeps only the newest', async () => {
    const first = testOrg(folder);
    addTask(first);
    await first.org.close();
    const second = testOrg(folder);
    addTask(second);
    await second.org.close();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(testOrg(folder).org.count('Task')).toBe(2);
  });
});
