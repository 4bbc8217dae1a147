import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CaughtMail, catchMail } from './catch-mail.ts';
import { answerPage } from './pages.ts';

export type { CaughtMail } from './catch-mail.ts';

/**
 * A mail server for one machine: it takes whatever Tandem sends, delivers nothing, and shows it on a page.
 * Both doors are on the loopback only, and what was caught is forgotten when it stops.
 */
export interface Mailbox {
  /** The page. */
  readonly url: string;
  /** What Tandem sends to. */
  readonly smtpUrl: string;
  /** The newest first. */
  mails(): readonly CaughtMail[];
  close(): Promise<void>;
}

export interface MailboxOptions {
  /** Of the page; 0, the default, takes any free port. The mail door always takes a free one. */
  readonly port?: number;
}

/** More than anybody reads; the oldest go first. */
const MAILS_MAX = 500;
const HOST = '127.0.0.1';

export async function createMailbox({ port = 0 }: MailboxOptions = {}): Promise<Mailbox> {
  const mails: CaughtMail[] = [];
  const door = await catchMail(HOST, (mail) => {
    mails.unshift(mail);
    if (mails.length > MAILS_MAX) mails.pop();
  });
  const page = createServer((request, response) => answerPage(request, response, mails));
  try {
    await listen(page, port);
  } catch (error) {
    await door.close();
    throw error;
  }
  return {
    url: `http://${HOST}:${(page.address() as AddressInfo).port}`,
    smtpUrl: `smtp://${HOST}:${door.port}`,
    mails: () => mails,
    async close() {
      page.closeAllConnections();
      await new Promise((resolve) => page.close(resolve));
      await door.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
}
