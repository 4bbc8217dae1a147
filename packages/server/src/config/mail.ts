import { ConfigError, type Environment } from './config-error.ts';
import { readOptional, readUrl } from './read.ts';

/** How mail leaves. */
export interface MailConfig {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly smtpUrl: string;
  /** `Tandem <tandem@example.com>` or the address alone. */
  readonly from: string;
}

const FROM = /^(?:[^<>\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** Both together, or no mail: a server without a sender is found out only when the first mail is refused. */
export function readMail(env: Environment): MailConfig | null {
  const smtpUrl = readUrl(env, 'TANDEM_SMTP_URL', ['smtp:', 'smtps:']);
  const from = readOptional(env, 'TANDEM_MAIL_FROM');
  if (from !== null && !FROM.test(from)) {
    throw new ConfigError(
      'TANDEM_MAIL_FROM',
      'TANDEM_MAIL_FROM is not a sender; it must look like "Tandem <tandem@example.com>" or "tandem@example.com".',
    );
  }
  if (smtpUrl !== null && new URL(smtpUrl).hostname === '') {
    throw new ConfigError(
      'TANDEM_SMTP_URL',
      'TANDEM_SMTP_URL names no mail server; it must look like "smtps://user:password@mail.example.com".',
    );
  }
  if (smtpUrl === null && from === null) return null;
  if (smtpUrl === null) {
    throw new ConfigError(
      'TANDEM_SMTP_URL',
      'TANDEM_SMTP_URL is missing although TANDEM_MAIL_FROM is set; set both or neither.',
    );
  }
  if (from === null) {
    throw new ConfigError(
      'TANDEM_MAIL_FROM',
      'TANDEM_MAIL_FROM is missing although TANDEM_SMTP_URL is set; set both or neither.',
    );
  }
  return { smtpUrl, from };
}
