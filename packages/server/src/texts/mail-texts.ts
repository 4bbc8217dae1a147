import type { NoticeData, TroubleKind } from '@tandem/store';
import type { Locale } from './locale.ts';
import { en } from './mail-en.ts';
import { zhCn } from './mail-zh-cn.ts';

/** What mails and the page to end them say. Both languages have all of it, or they do not compile. */
export interface MailTexts {
  greeting(name: string): string;
  readonly open: string;
  readonly openTasks: string;
  more(count: number): string;
  readonly unnamed: string;
  readonly settings: string;
  since(moment: string): string;
  readonly digest: {
    subject(counts: { overdue: number; today: number; tomorrow: number }): string;
    readonly nothing: string;
    overdue(count: number): string;
    today(count: number): string;
    tomorrow(count: number): string;
  } & Ending;
  readonly due: DueTexts;
  /** Subject, where the day was told before. */
  readonly moreDue: string;
  readonly eve: DueTexts;
  readonly needsYou: Ending &
    Readonly<
      Record<
        TroubleKind,
        { readonly subject: string; text(data: NoticeData): string; readonly action: string }
      >
    >;
  readonly test: { readonly subject: string; readonly text: string; readonly why: string };
  readonly reset: {
    readonly subject: string;
    readonly text: string;
    readonly action: string;
    readonly why: string;
  };
  readonly invitation: {
    subject(from: { readonly workspace: string; readonly invitedBy: string }): string;
    text(about: { readonly workspace: string; readonly role: InvitedRole }): string;
    until(moment: string): string;
    readonly action: string;
    readonly why: string;
  };
  readonly unsubscribe: {
    readonly title: string;
    readonly ask: Readonly<Record<'digest' | 'due' | 'eve' | 'needsYou', string>>;
    readonly stop: string;
    readonly done: string;
    readonly bad: string;
    readonly settings: string;
  };
}

export type InvitedRole = 'admin' | 'manager' | 'rep';

/** Why a mail came, and how to end that. */
interface Ending {
  readonly why: string;
  readonly stop: string;
}

interface DueTexts extends Ending {
  subject(count: number): string;
  heading(date: string): string;
}

export const MAIL_TEXTS: Readonly<Record<Locale, MailTexts>> = { en, 'zh-CN': zhCn };
