export { type CaughtMail, createMailbox, type Mailbox, type MailboxOptions } from './mailbox.ts';
