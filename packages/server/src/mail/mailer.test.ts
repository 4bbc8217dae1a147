import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose } from './compose.ts';
import { createMailer, MailError } from './mailer.ts';

const FROM = 'Tandem <tandem@aldermoor.example>';
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await createMailbox();
});
afterAll(() => mailbox.close());

const letter = compose({
  locale: 'zh-CN',
  subject: '今天有 2 个任务 <b>\r\nBcc: x@y.example',
  heading: '早上好，Mara',
  parts: [
    { kind: 'text', text: 'Tom & Jerry <script>alert(1)</script>' },
    { kind: 'button', label: '打开', url: 'https://tandem.example/?a=1&b="2"' },
    {
      kind: 'list',
      heading: '今天',
      rows: [{ text: '致电 Osterly', note: '张伟', url: 'https://tandem.example/1' }],
      more: { label: '还有 3 项', url: 'https://tandem.example/' },
    },
  ],
  footer: [{ text: '不再接收', url: 'https://tandem.example/unsubscribe' }],
});

describe('mail over SMTP into the mailbox', () => {
  test('arrives whole in both forms, with one recipient and a way to end it', async () => {
    const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from: FROM });
    await mailer.send({
      to: 'mara@aldermoor.example',
      ...letter,
      id: 'one-mail',
      unsubscribeUrl: 'https://tandem.example/unsubscribe?t=x',
    });
    mailer.close();
    const [mail] = mailbox.mails();
    expect(mail?.to).toBe('mara@aldermoor.example');
    expect(mail?.from).toBe('"Tandem" <tandem@aldermoor.example>');
    expect(mail?.subject).toBe('今天有 2 个任务 <b> Bcc: x@y.example');
    expect(mail?.headers.bcc).toBeUndefined();
    expect(mail?.headers['message-id']).toBe('<one-mail@aldermoor.example>');
    expect(mail?.headers['list-unsubscribe']).toBe('<https://tandem.example/unsubscribe?t=x>');
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    for (const words of ['早上好，Mara', '致电 Osterly', '张伟', '还有 3 项', '不再接收']) {
      expect(mail?.text).toContain(words);
      expect(mail?.html).toContain(words);
    }
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.html).not.toContain('<script>');
  });

  test('a server that is not there is worth another try, and the error names no address', async () => {
    const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: FROM });
    const error = await mailer.send({ to: 'mara@aldermoor.example', ...letter }).catch((e) => e);
    expect(error).toBeInstanceOf(MailError);
    expect(error.kind).toBe('unavailable');
    expect(error.fault).toMatch(/^E[A-Z]+/);
    expect(error.message).not.toContain('mara');
    expect(await mailer.verify()).toMatch(/^E[A-Z]+/);
    mailer.close();
  });

  test('an address that the server refuses is not tried again', async () => {
    const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from: FROM });
    const error = await mailer
      .send({ to: 'refused@nobody.invalid', ...letter })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'MailError', kind: 'refused' });
    mailer.close();
  });

  test('the page shows what was caught, and nothing in it can run', async () => {
    const list = await fetch(mailbox.url);
    expect(await list.text()).toContain('今天有 2 个任务 &lt;b&gt;');
    const id = mailbox.mails()[0]?.id;
    const one = await fetch(`${mailbox.url}/mails/${id}`);
    expect(one.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await one.text()).not.toContain('<script>');
    expect((await fetch(`${mailbox.url}/mails/none`)).status).toBe(404);
  });
});
