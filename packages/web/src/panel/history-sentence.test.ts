import type { HistoryEntry } from '@tandem/api';
import type { JournalKind } from '@tandem/engine';
import i18next, { type i18n } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { en as enFirst } from '../locales/en/index.ts';
import { enLater } from '../locales/en/later.ts';
import { zhCn as zhCnFirst } from '../locales/zh-cn/index.ts';
import { zhCnLater } from '../locales/zh-cn/later.ts';
import { historySentence, lostValue, type SentenceContext } from './history-sentence.ts';

const en = { ...enFirst, ...enLater };
const zhCn = { ...zhCnFirst, ...zhCnLater };

/** Every kind of the journal; the type check fails here when the engine learns a new one. */
const KINDS = {
  created: true,
  imported: true,
  sent: true,
  adopted: true,
  edited: true,
  pulled: true,
  pushed: true,
  conflict: true,
  unmapped: true,
  shortened: true,
  deleted: true,
  restored: true,
  reassigned: true,
  refused: true,
  late_overwrite: true,
  gone: true,
  archived: true,
  retried: true,
  skipped: true,
} as const satisfies Record<JournalKind, true>;

const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  id: '1',
  at: '2026-11-24T08:30:00.000Z',
  kind: 'edited',
  field: null,
  side: 'app',
  actor: 'Mara Lindqvist',
  actorId: 'mara',
  from: null,
  to: null,
  lost: null,
  hasLost: false,
  rule: 'B1.2',
  data: {},
  ...change,
});

const languages: Record<string, i18n> = {};
beforeAll(async () => {
  for (const [lng, texts] of Object.entries({ en, 'zh-CN': zhCn })) {
    const instance = i18next.createInstance();
    await instance.init({
      lng,
      resources: { [lng]: { translation: texts } },
      interpolation: { escapeValue: false },
      fallbackLng: false,
    });
    languages[lng] = instance;
  }
});
const context = (language: string): SentenceContext => ({
  t: languages[language]?.t as T,
  language,
  self: 'mara',
});
const say = (change: Partial<HistoryEntry>, language = 'en') =>
  historySentence(entry(change), context(language));

describe('B11.4 history sentences', () => {
  it('exist for every kind, side and field in both languages, without a hole', () => {
    for (const language of ['en', 'zh-CN']) {
      for (const kind of Object.keys(KINDS)) {
        for (const side of ['app', 'sf', 'engine'] as const) {
          for (const field of [null, 'name', 'status', 'dueDate', 'details', 'owner', 'person']) {
            const text = say({ kind, side, field, from: 'a', to: 'b', lost: 'c' }, language);
            expect(text, `${language} ${kind} ${side} ${field}`).toMatch(/[.。”]$/);
            expect(text, `${language} ${kind} ${side} ${field}`).not.toMatch(
              /\{\{|history\.|undefined|null/,
            );
          }
        }
      }
    }
  });

  it('say who changed what, from what to what', () => {
    expect(say({ field: 'dueDate', from: '2026-11-24', to: '2026-12-01' })).toBe(
      'You changed the due date from “24 Nov 2026” to “1 Dec 2026”.',
    );
    expect(say({ field: 'dueDate', from: '2026-11-24', to: '2026-12-01' }, 'zh-CN')).toBe(
      '你把到期日从“2026年11月24日”改为“2026年12月1日”。',
    );
    expect(
      say({
        field: 'person',
        to: { id: 'x', name: 'Ines Moreau' },
        actor: 'Tomas',
        actorId: 'tomas',
      }),
    ).toBe('Tomas set the person to “Ines Moreau”.');
    expect(say({ field: 'dueDate', from: '2026-11-24' })).toBe(
      'You cleared the due date. It was “24 Nov 2026”.',
    );
  });

  it('call only the reader "you", not a colleague of the same name', () => {
    const edit = { field: 'details', actor: 'Mara Lindqvist' };
    expect(say({ ...edit, actorId: 'mara' })).toBe('You changed the details.');
    expect(say({ ...edit, actorId: 'other-mara' })).toBe('Mara Lindqvist changed the details.');
    expect(say({ ...edit, actorId: 'other-mara' }, 'zh-CN')).toBe('Mara Lindqvist修改了详情。');
    expect(say({ ...edit, actorId: null })).toBe('Mara Lindqvist changed the details.');
  });

  it('call completing and reopening by their names', () => {
    expect(say({ field: 'status', from: 'open', to: 'complete' })).toBe('You completed it.');
    expect(say({ kind: 'pulled', side: 'sf', field: 'status', to: 'open' }, 'zh-CN')).toBe(
      '在 Salesforce 中重新打开。',
    );
  });

  it('tell a deletion that was carried over from one somebody made', () => {
    expect(say({ kind: 'deleted' })).toBe('You deleted it. It is in Trash.');
    expect(say({ kind: 'deleted', actor: null, actorId: null, rule: 'B8.1' })).toBe(
      'Deleted in Salesforce too. It is in the Recycle Bin there.',
    );
  });

  it('B10.2 tell a value brought back from a task restored', () => {
    expect(say({ kind: 'restored' })).toBe('You restored it.');
    expect(say({ kind: 'restored', field: 'dueDate', to: '2026-11-27' })).toBe(
      'You brought the due date back: “27 Nov 2026”.',
    );
    expect(say({ kind: 'restored', field: 'details', to: 'long' })).toBe(
      'You brought the details back.',
    );
  });

  it('B10.2 name the value that won, and offer the one that lost', () => {
    const conflict = { kind: 'conflict', side: 'sf', field: 'dueDate', to: '2026-11-25' } as const;
    expect(say(conflict)).toBe(
      'Both sides changed the due date. Salesforce’s “25 Nov 2026” was kept.',
    );
    const lost = entry({ ...conflict, lost: '2026-11-27', hasLost: true });
    expect(lostValue(lost, context('en'))).toBe('27 Nov 2026');
    expect(lostValue(entry(conflict), context('en'))).toBeNull();
  });

  it.each(['B10.2', 'R10'])('%s say whose value was kept, never which was later', (rule) => {
    const ID = '003bm000000000CAAQ';
    for (const [field, to] of [
      ['details', 'pages'],
      ['person', ID],
    ] as const) {
      const name = field === 'person' ? ['the person', '联系人'] : ['the details', '详情'];
      const kept = (side: 'app' | 'sf', language: string) =>
        say({ kind: 'conflict', side, field, to, lost: 'other', hasLost: true, rule }, language);
      expect(kept('app', 'en')).toBe(`Both sides changed ${name[0]}. Tandem’s was kept.`);
      expect(kept('sf', 'en')).toBe(`Both sides changed ${name[0]}. Salesforce’s was kept.`);
      expect(kept('app', 'zh-CN')).toBe(`两边都改了${name[1]}，保留了 Tandem 的。`);
      expect(kept('sf', 'zh-CN')).toBe(`两边都改了${name[1]}，保留了 Salesforce 的。`);
    }
  });

  it('never show a bare Salesforce id', () => {
    const pushed = { kind: 'pushed', side: 'engine', field: 'person' } as const;
    expect(say({ ...pushed, to: '003bm000000000CAAQ' })).toBe('The person reached Salesforce.');
    expect(say({ kind: 'pulled', side: 'sf', field: 'related', to: '001bm000000000CAAQ' })).toBe(
      'Salesforce changed the related record.',
    );
  });

  it('quote Salesforce where it refused', () => {
    expect(say({ kind: 'refused', side: 'sf', data: { message: 'Due date is required.' } })).toBe(
      'Salesforce did not accept the change; it is kept here: “Due date is required.”',
    );
  });

  it('have words even for a kind this page does not know yet', () => {
    expect(say({ kind: 'from_the_future' })).toBe('You changed something.');
  });
});

/** What the engine and the store write beside an entry. */
const RULES = [
  ...['B1.2', 'B2', 'B3.1', 'B3.2', 'B3.5', 'B4.1', 'B5.4', 'B5.5', 'B6.4', 'B6.5', 'B7.2'],
  ...['B8.1', 'B8.2', 'B8.3', 'B10.2', 'B10.3', 'B11.1', 'B11.5', 'H1', 'R8', 'R9', 'R10'],
];

describe('B11.4 rules', () => {
  it('have a plain meaning each, in both languages', () => {
    for (const { rules } of [en.history, zhCn.history]) {
      const meanings = RULES.map((rule) => rules[rule.replace('.', '_') as keyof typeof rules]);
      expect(meanings.every((meaning) => /[.。]$/.test(meaning ?? ''))).toBe(true);
      expect(new Set(meanings).size).toBe(RULES.length);
    }
  });

  it('B10.2 say that an admin may have chosen another rule than the later edit', () => {
    expect(en.history.rules.B10_2).toContain('the rule your admin chose decides; by default');
    expect(zhCn.history.rules.B10_2).toContain('按管理员选定的规则决定；默认');
  });
});
