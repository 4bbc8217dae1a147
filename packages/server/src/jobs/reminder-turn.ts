import {
  adoptMembers,
  dropLateMails,
  forgetDueWords,
  planReminders,
  purgeNotices,
  sayLateDue,
  watchTroubles,
} from '@tandem/store';
import { dueReminders } from '../reminders/due-reminders.ts';
import { type MailDeps, sendMails } from '../reminders/send-mails.ts';
import type { Services } from '../services.ts';

export type ReminderDeps = MailDeps & Pick<Services, 'mailer'>;

/** A statement's worth; ten thousand members at eight o'clock are fifty of these. */
const MEMBERS_PER_STEP = 200;
/** Then the rest of the turn has its chance; what is left is taken two seconds later. */
const STEPS_MAX = 25;

/** Who is due, and what waits to be mailed. Any number of processes may do this at once. */
export async function reminderTurn(deps: ReminderDeps): Promise<void> {
  const { db, clock, log, mailer } = deps;
  let said = 0;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const now = clock.now();
    const planned = await planReminders(
      db,
      now,
      (member) => dueReminders(now, member),
      MEMBERS_PER_STEP,
    );
    said += planned.said;
    if (planned.taken < MEMBERS_PER_STEP) break;
  }
  if (said > 0) log.info({ said }, 'reminders.said');
  if (mailer !== null) await sendMails(deps, mailer);
}

/** Now and then: new members, what became due after its hour, what needs somebody, what is too late. */
export async function watchTurn({ db, clock, log }: ReminderDeps): Promise<void> {
  const now = clock.now();
  await adoptMembers(db, now);
  const { said } = await sayLateDue(db, now);
  if (said > 0) log.info({ said }, 'reminders.said');
  const { raised, settled } = await watchTroubles(db, now);
  if (raised + settled > 0) log.info({ raised, settled }, 'notices.changed');
  const { tooLate } = await dropLateMails(db, now);
  if (tooLate > 0) log.warn({ tooLate }, 'mail.too_late');
}

export async function purgeTurn({ db, clock, log }: ReminderDeps): Promise<void> {
  await forgetDueWords(db, clock.now());
  const { purged } = await purgeNotices(db, clock.now());
  if (purged > 0) log.info({ purged }, 'notices.purged');
}
