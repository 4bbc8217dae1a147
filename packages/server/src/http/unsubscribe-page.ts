import { parse } from 'node:querystring';
import { stopMails } from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '../mail/escape-html.ts';
import { readUnsubscription, type Unsubscription } from '../reminders/unsubscribe-token.ts';
import type { Services } from '../services.ts';
import { localeOf } from '../texts/locale.ts';
import { MAIL_TEXTS } from '../texts/mail-texts.ts';
import { leafletPolicy } from './safety-headers.ts';

export const UNSUBSCRIBE_PATH = '/unsubscribe';

/**
 * Where a mail's "no more of these" leads, without a sign-in. Opening it only asks, because mail scanners open
 * every link; the button, or a mail program's own (RFC 8058), sends a POST, and that ends it.
 */
export async function registerUnsubscribe(app: FastifyInstance, services: Services): Promise<void> {
  const { db, unsubscribeKey, log } = services;
  await app.register(async (page) => {
    // A mail program sends a form; all that counts is in the address.
    page.removeAllContentTypeParsers();
    page.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: 2_000 },
      (_request, body, done) => done(null, body),
    );
    const options = { schema: { hide: true } };

    page.get(UNSUBSCRIBE_PATH, options, async (request, reply) => {
      const asked = askedIn(request, unsubscribeKey);
      return show(request, reply, asked === null ? 'bad' : asked);
    });

    page.post(UNSUBSCRIBE_PATH, options, async (request, reply) => {
      const asked = askedIn(request, unsubscribeKey);
      if (asked === null) return show(request, reply, 'bad');
      await stopMails(db, asked, asked.kind);
      log.info({ kind: asked.kind }, 'mail.unsubscribed');
      return show(request, reply, 'done');
    });
  });
}

function askedIn(request: FastifyRequest, key: Buffer): Unsubscription | null {
  const { t } = parse(request.url.split('?')[1] ?? '');
  return typeof t === 'string' ? readUnsubscription(t, key) : null;
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  what: Unsubscription | 'done' | 'bad',
): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  const t = MAIL_TEXTS[locale].unsubscribe;
  const body =
    typeof what === 'object'
      ? `<p>${escapeHtml(t.ask[what.kind])}</p><form method="post"><button>${escapeHtml(t.stop)}</button></form>`
      : `<p role="status">${escapeHtml(t[what])}</p>`;
  return reply
    .status(what === 'bad' ? 400 : 200)
    .header('cache-control', 'no-store')
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(t.title)} · Tandem</title><style>${STYLE}</style></head>
<body><main><p class="brand">Tandem</p><h1>${escapeHtml(t.title)}</h1>${body}<p><a href="/settings/reminders">${escapeHtml(t.settings)}</a></p></main></body></html>`);
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fcfdfc; --ink: #15201e; --soft: #52615e; --accent: #0b6b62; --link: #0b6b62; }
@media (prefers-color-scheme: dark) { :root { --ground: #0e1312; --ink: #e6eceb; --soft: #a3b1ae; --accent: #0f776b; --link: #58c4b6; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }
main { max-width: 32rem; margin: 12vh auto 0; padding: 0 24px; }
.brand { color: var(--link); font-weight: 650; } h1 { font-size: 24px; line-height: 1.3; margin: 0 0 12px; }
button { font: inherit; font-weight: 600; padding: 10px 20px; border: 0; border-radius: 8px; background: var(--accent); color: #fff; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
a { color: var(--link); }`;

const POLICY = leafletPolicy(STYLE);
