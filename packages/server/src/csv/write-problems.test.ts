import type { SyncProblem } from '@tandem/api';
import { expect, test } from 'vitest';
import { csvProblem, problemsHeader } from './write-problems.ts';

const PROBLEM: SyncProblem = {
  id: 'link:1',
  kind: 'parked',
  taskId: '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01',
  salesforceId: null,
  salesforceUrl: null,
  name: '=HYPERLINK("https://evil.example")',
  ownerId: 'user1',
  code: 'STRING_TOO_LONG',
  cause: 'STRING_TOO_LONG',
  class: 'access',
  whoseMove: 'user',
  message: '+1, "too long"',
  since: '2026-11-24T09:30:00.000Z',
  retryAt: null,
  isTrying: false,
};

test('B11.3 B12.3 a problem as CSV: plain sentences, and no cell is a formula', () => {
  const line = csvProblem(PROBLEM, 'en', new Map([['user1', '@Mara']]));
  expect(line).toBe(
    `"'=HYPERLINK(""https://evil.example"")",'@Mara,parked,access,user,A text is too long for Salesforce.,"Shorten it, and the task goes by itself.","'+1, ""too long""",STRING_TOO_LONG,2026-11-24T09:30:00.000Z,,3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01,,\r\n`,
  );
  expect(problemsHeader().split(',')).toHaveLength(14);
});

test('B11.3 and in Chinese, for a cause that nobody knows yet too', () => {
  const line = csvProblem({ ...PROBLEM, cause: 'BRAND_NEW' }, 'zh-CN', new Map());
  expect(line).toContain('Tandem 还不认识');
  const skipped = { ...PROBLEM, kind: 'skipped', cause: 'archived' } as const;
  expect(csvProblem(skipped, 'zh-CN', new Map())).toContain('已被 Salesforce 归档');
});
