import type { Instant, PlainDate } from '@tandem/engine';

/** `digest`: the day as a whole. `due`: on the due date. `eve`: the evening before it. */
export type ReminderKind = 'digest' | 'due' | 'eve';

/** What somebody has to do something about, and Tandem cannot. */
export type TroubleKind = 'sign_in' | 'brake' | 'stall' | 'new_status' | 'webhook_stopped';

export type NoticeKind = ReminderKind | TroubleKind | 'test';

interface Channels {
  readonly mail: boolean;
  readonly browser: boolean;
}

/** Off where neither channel is wanted. `at`: minutes since midnight on the member's own clock. */
export interface ReminderSettings {
  readonly digest: Channels & {
    readonly at: number;
    /** Monday is 1, Sunday 7. */
    readonly days: readonly number[];
    readonly whenEmpty: boolean;
  };
  readonly due: Channels & { readonly at: number };
  readonly eve: Channels & { readonly at: number };
  /** What needs this person; on the pages it is always shown. */
  readonly needsYou: { readonly mail: boolean };
}

/** Whoever has never said otherwise. */
export const DEFAULT_REMINDERS: ReminderSettings = {
  digest: { at: 8 * 60, days: [1, 2, 3, 4, 5], mail: true, browser: true, whenEmpty: false },
  due: { at: 9 * 60, mail: false, browser: true },
  eve: { at: 18 * 60, mail: false, browser: false },
  needsYou: { mail: true },
};

/** A member whose moment has come. */
export interface DueMember {
  readonly workspaceId: string;
  readonly userId: string;
  readonly timeZone: string | null;
  readonly settings: ReminderSettings;
  /** Moments up to this one are settled. */
  readonly decidedUntil: Instant | null;
  /** The local day whose hour of the `due` word has passed, as it was last decided. */
  readonly dueDay: PlainDate | null;
}

/** The local day whose hour of the `due` word has passed: what becomes due on it now is told by itself. */
export interface DueDay {
  readonly date: PlainDate;
  readonly until: Instant;
}

export interface Occasion {
  readonly kind: ReminderKind;
  /** The local day on which it is said. */
  readonly date: PlainDate;
  readonly at: Instant;
  /** The end of that day: after it nothing is said any more. */
  readonly until: Instant;
  /** It was found after that. */
  readonly missed: boolean;
}

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly at: Instant;
  readonly readAt: Instant | null;
  /** By kind; see api/src/reminders.ts. */
  readonly data: NoticeData;
}

export interface NoticeData {
  readonly date?: PlainDate;
  readonly overdue?: number;
  readonly today?: number;
  readonly tomorrow?: number;
  readonly count?: number;
  /** Of what is due that day something was known before. */
  readonly more?: boolean;
  readonly name?: string;
  readonly since?: Instant;
  readonly values?: readonly string[];
  readonly stall?: 'worker' | 'poll' | 'unsent';
}

/** A mail somebody has taken to send, with all that takes. */
export interface TakenMail {
  readonly workspaceId: string;
  readonly userId: string;
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly data: NoticeData;
  readonly until: Instant;
  /** This one included. */
  readonly attempts: number;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'manager' | 'rep';
  readonly locale: 'en' | 'zh-CN';
  readonly timeZone: string | null;
}
