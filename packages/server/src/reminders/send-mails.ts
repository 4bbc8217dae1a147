import {
  digestOf,
  type MailOutcome,
  settleMail,
  type TakenMail,
  type TroubleKind,
  takeMails,
  type Unsubscribed,
} from '@tandem/store';
import { compose } from '../mail/compose.ts';
import { CONNECTIONS_MAX, MailError, type Mailer } from '../mail/mailer.ts';
import type { Services } from '../services.ts';
import { digestLetter, dueLetter, type Reader, troubleLetter } from './letters.ts';
import { wallTime } from './wall-clock.ts';

export type MailDeps = Pick<Services, 'db' | 'clock' | 'log' | 'publicUrl' | 'unsubscribeUrl'>;

/** Then others have their turn. */
const MAILS_PER_TURN = 100;
/** Longer than a mail may take, so that nobody else takes what is still being sent. */
const CLAIM_MS = 5 * 60_000;
/** After the first failure, the second, and so on; the last one again and again until it is too late. */
const RETRY_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const;
const ATTEMPTS_MAX = 12;

/**
 * Sends what waits in the outbox. A crash after the mail server took one and before that is on record sends it
 * a second time, under the same Message-ID; the other way round it would be lost.
 */
export async function sendMails(deps: MailDeps, mailer: Mailer): Promise<number> {
  const mails = [...(await takeMails(deps.db, deps.clock.now(), CLAIM_MS, MAILS_PER_TURN))];
  const taken = mails.length;
  const lane = async () => {
    for (let mail = mails.shift(); mail !== undefined; mail = mails.shift()) {
      await sendOne(deps, mailer, mail);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS_MAX }, lane));
  return taken;
}

async function sendOne(deps: MailDeps, mailer: Mailer, mail: TakenMail): Promise<void> {
  const { db, clock, log } = deps;
  const outcome = await deliver(deps, mailer, mail);
  const now = clock.now();
  await settleMail(db, mail, outcome, now);
  // Ids and kinds only: who is told what is nobody's business here (B12.2).
  const facts = { noticeId: mail.noticeId, kind: mail.kind };
  if (outcome.kind === 'sent') log.info(facts, 'mail.sent');
  else log.info({ ...facts, fault: outcome.fault }, `mail.${outcome.kind}`);
}

async function deliver(deps: MailDeps, mailer: Mailer, mail: TakenMail): Promise<MailOutcome> {
  const letter = await letterOf(deps, mail);
  // Done meanwhile: everything that was due is.
  if (letter === null) return { kind: 'skipped', fault: 'nothing_left' };
  try {
    await mailer.send({
      to: mail.email,
      ...compose(letter),
      id: mail.noticeId,
      unsubscribeUrl: deps.unsubscribeUrl({ ...mail, kind: unsubscribedBy(mail) }),
    });
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return { kind: 'failed', fault: error.fault, nextAt: retryAt(deps.clock.now(), mail, error) };
  }
}

function retryAt(now: string, { attempts, until }: TakenMail, { kind }: MailError): string | null {
  if (kind === 'refused' || attempts >= ATTEMPTS_MAX) return null;
  const pause = RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? RETRY_MS[0];
  const next = new Date(Date.parse(now) + pause).toISOString();
  return next < until ? next : null;
}

/** Made when it leaves, of what is true then; the outbox holds no task. */
async function letterOf(deps: MailDeps, mail: TakenMail) {
  const { kind, data } = mail;
  const reader: Reader = {
    name: mail.name,
    locale: mail.locale,
    timeZone: mail.timeZone,
    publicUrl: deps.publicUrl(),
    unsubscribeUrl: (which) => deps.unsubscribeUrl({ ...mail, kind: which }),
  };
  if (kind === 'test') return null;
  if (kind !== 'digest' && kind !== 'due' && kind !== 'eve') {
    return troubleLetter(reader, kind satisfies TroubleKind, data);
  }
  const { date: today } = wallTime(deps.clock.now(), mail.timeZone ?? 'UTC');
  const digest = await digestOf(deps.db, mail, today);
  const { overdue, today: due, tomorrow } = digest;
  if (kind === 'digest') {
    const isEmpty = overdue.count + due.count + tomorrow.count === 0;
    const wasEmpty = (data.overdue ?? 0) + (data.today ?? 0) + (data.tomorrow ?? 0) === 0;
    return isEmpty && !wasEmpty ? null : digestLetter(reader, today, digest);
  }
  const left = kind === 'due' ? due : tomorrow;
  return left.count === 0 ? null : dueLetter(reader, kind, data.date ?? today, digest, data.more);
}

function unsubscribedBy({ kind }: TakenMail): Unsubscribed {
  return kind === 'digest' || kind === 'due' || kind === 'eve' ? kind : 'needsYou';
}
