import type { Locale } from '../texts/locale.ts';
import { type InvitedRole, MAIL_TEXTS } from '../texts/mail-texts.ts';
import type { Letter } from './compose.ts';

export interface InvitationFacts {
  /** Of the person who invites; the one who is invited has told none yet. */
  readonly locale: Locale;
  readonly timeZone: string | null;
  readonly workspace: string;
  readonly invitedBy: string;
  readonly role: InvitedRole;
  readonly expiresAt: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

/** B12.1: the link that lets one person in, to that person. */
export function invitationLetter(facts: InvitationFacts, token: string): Letter {
  const { locale, workspace, role, publicUrl } = facts;
  const t = MAIL_TEXTS[locale].invitation;
  const subject = t.subject(facts);
  return {
    locale,
    subject,
    heading: subject,
    parts: [
      { kind: 'text', text: t.text({ workspace, role }) },
      { kind: 'text', text: t.until(moment(facts)) },
      // Behind `#`, so that no server on the way and no log ever has it.
      { kind: 'button', label: t.action, url: `${publicUrl}/join#${token}` },
    ],
    footer: [{ text: t.why }],
  };
}

/** Read in another zone, perhaps, so it says which. */
function moment({ expiresAt, locale, timeZone }: InvitationFacts): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timeZone ?? 'UTC',
    timeZoneName: 'short',
  }).format(Date.parse(expiresAt));
}
