import { createTransport } from 'nodemailer';
import type { MailConfig } from '../config/config.ts';

/** Sends one mail. What is in it, and when, is decided elsewhere. */
export interface Mailer {
  /** Resolves when the mail server has taken it; else throws MailError. */
  send(mail: Mail): Promise<void>;
  /** Null: the mail server answers and lets us in. Else why not, for a person. */
  verify(): Promise<string | null>;
  close(): void;
}

export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for a second try of the same mail, so that a receiver can tell. */
  readonly id?: string;
  /** An address that takes a POST and ends mails of this kind (RFC 8058). */
  readonly unsubscribeUrl?: string;
}

export class MailError extends Error {
  override name = 'MailError';
  /** `refused`: this mail or its address, trying again is no use. `unavailable`: later may be better. */
  readonly kind: 'refused' | 'unavailable';
  /** Never the server's own text, which repeats addresses: nodemailer's code and the reply's number. */
  readonly fault: string;

  constructor(kind: MailError['kind'], fault: string, cause: unknown) {
    super(`The mail server did not take it (${fault}).`, { cause });
    this.kind = kind;
    this.fault = fault;
  }
}

/** Somebody may wait in front of a screen, and a worker has other mails to send. */
const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 30_000;
/** Few mail servers like more from one sender. */
export const CONNECTIONS_MAX = 4;

export function createMailer({ smtpUrl, from }: MailConfig): Mailer {
  const url = new URL(smtpUrl);
  const user = decodeURIComponent(url.username);
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password never crosses a network in the clear.
    requireTLS: !secure && user !== '',
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const domain = domainOf(from);
  return {
    async send({ to, subject, text, html, id, unsubscribeUrl }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          ...(id === undefined ? {} : { messageId: `<${id}@${domain}>` }),
          headers: {
            // Out-of-office replies are for people.
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl === undefined
              ? {}
              : {
                  'List-Unsubscribe': `<${unsubscribeUrl}>`,
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                }),
          },
        });
      } catch (cause) {
        throw mailError(cause);
      }
    },
    async verify() {
      try {
        await transport.verify();
        return null;
      } catch (cause) {
        return mailError(cause).fault;
      }
    },
    close: () => transport.close(),
  };
}

function mailError(cause: unknown): MailError {
  const { code, responseCode } = cause as { code?: unknown; responseCode?: unknown };
  const number = typeof responseCode === 'number' ? responseCode : null;
  const fault = [typeof code === 'string' ? code : 'unknown', number].filter(Boolean).join(' ');
  // 5xx to the address or the mail is final; to a sign-in it is ours to mend, and then worth another try.
  const refused = number !== null && number >= 500 && code !== 'EAUTH';
  return new MailError(refused ? 'refused' : 'unavailable', fault.slice(0, 200), cause);
}

/** Of `Name <a@b>` or `a@b`. */
function domainOf(from: string): string {
  return /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'tandem.invalid';
}
