import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CaughtMail } from './catch-mail.ts';
import { escapeHtml, page } from './layout.ts';

/** The list, one mail, and both for programs. Reading is all one can do here. */
export function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  mails: readonly CaughtMail[],
): void {
  const { pathname } = new URL(request.url ?? '/', 'http://mailbox.invalid');
  const mail = mails.find(({ id }) => pathname === `/mails/${id}`);
  if (pathname === '/mails.json') send(response, 200, JSON.stringify(mails), 'application/json');
  else if (pathname === '/') send(response, 200, listPage(mails));
  else if (mail !== undefined) send(response, 200, mailPage(mail));
  else
    send(
      response,
      404,
      page('Nothing here', '<p class="none">There is no such mail any more.</p>'),
    );
}

function send(response: ServerResponse, status: number, body: string, type = 'text/html'): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Whatever a mail holds, nothing of it runs, and nothing is fetched for it.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
  });
  response.end(body);
}

function listPage(mails: readonly CaughtMail[]): string {
  if (mails.length === 0) {
    return page(
      'Caught mail',
      '<p class="none">Nothing yet. Whatever Tandem sends from this machine ends here, and goes nowhere else.</p>',
    );
  }
  const rows = mails.map(
    ({ id, at, to, subject }) =>
      `<li><a href="/mails/${id}"><span class="subject">${escapeHtml(subject)}</span>` +
      `<span class="to">${escapeHtml(to)}</span>${time(at)}</a></li>`,
  );
  return page('Caught mail', `<ul class="mails">${rows.join('')}</ul>`);
}

function mailPage({ at, from, to, subject, text, html, headers }: CaughtMail): string {
  const rows = Object.entries(headers)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('');
  return page(
    subject,
    `<p><a href="/">All mail</a></p>
    <dl><dt>From</dt><dd>${escapeHtml(from)}</dd><dt>To</dt><dd>${escapeHtml(to)}</dd><dt>At</dt><dd>${time(at)}</dd></dl>
    ${html === '' ? '' : `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail as it looks" srcdoc="${escapeHtml(`<base target="_blank">${html}`)}"></iframe>`}
    <h2>As plain text</h2><pre tabindex="0">${escapeHtml(text)}</pre>
    <details><summary>Headers</summary><dl>${rows}</dl></details>`,
  );
}

function time(at: string): string {
  return `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
