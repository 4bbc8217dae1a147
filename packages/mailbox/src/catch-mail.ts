import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** As much as Tandem ever sends, many times over. */
const MAIL_BYTES_MAX = 4 * 1024 * 1024;

/** The SMTP side: everybody may send, nothing is asked for, each mail is read whole. */
export async function catchMail(
  host: string,
  onMail: (mail: CaughtMail) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    // Loopback only, so there is nobody to hide from, and no certificate to show.
    hideSTARTTLS: true,
    disableReverseLookup: true,
    size: MAIL_BYTES_MAX,
    logger: false,
    onRcptTo({ address }, _session, done) {
      // As a real server refuses an address; "invalid" is reserved, so no real person is meant.
      if (address.toLowerCase().endsWith('.invalid')) {
        done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
      } else done();
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (parsed) => {
          onMail({
            id: randomUUID(),
            at: new Date().toISOString(),
            from: parsed.from?.text ?? '',
            to: addresses(parsed.to),
            subject: parsed.subject ?? '',
            text: parsed.text ?? '',
            html: parsed.html || '',
            headers: Object.fromEntries(
              parsed.headerLines.map(({ key, line }) => [
                key,
                line
                  .slice(key.length + 1)
                  .replaceAll(/\r?\n\s+/g, ' ')
                  .trim(),
              ]),
            ),
          });
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  // A client that hangs up in the middle is no reason to stop.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function addresses(to: AddressObject | AddressObject[] | undefined): string {
  return [to ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
