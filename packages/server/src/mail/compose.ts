import type { Locale } from '../texts/locale.ts';
import { escapeHtml } from './escape-html.ts';

/** What a mail says, as parts; from these both its forms are made, so that neither says less. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  | {
      readonly kind: 'list';
      readonly heading: string;
      readonly rows: readonly Row[];
      /** "and 12 more"; where they are. */
      readonly more?: { readonly label: string; readonly url: string } | null;
    };

interface Row {
  readonly text: string;
  /** Beside it, softer: a date, a person. */
  readonly note: string;
  readonly url: string;
}

export interface Letter {
  readonly locale: Locale;
  readonly subject: string;
  readonly heading: string;
  readonly parts: readonly Part[];
  /** Why it came, and how to end that; last and small. */
  readonly footer: readonly { readonly text: string; readonly url?: string }[];
}

export function compose(letter: Letter): { subject: string; text: string; html: string } {
  return {
    // A line break in a name would begin a header of its own.
    subject: letter.subject.replaceAll(/\s+/g, ' ').trim(),
    text: plainText(letter),
    html: htmlText(letter),
  };
}

function plainText({ heading, parts, footer }: Letter): string {
  const foot = footer.map(({ text, url }) => (url === undefined ? text : `${text}\n${url}`));
  return `${[heading, ...parts.map(plainPart), '-- ', ...foot].join('\n\n')}\n`;
}

function plainPart(part: Part): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'button') return `${part.label}\n${part.url}`;
  const rows = part.rows.map(
    ({ text, note, url }) => `- ${text}${note === '' ? '' : ` (${note})`}\n  ${url}`,
  );
  const more = part.more ? [`${part.more.label}\n  ${part.more.url}`] : [];
  return [part.heading, ...rows, ...more].join('\n');
}

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif";
const ACCENT = '#0b6b62';

/** Tables and inline styles, because that is what mail programs understand; dark where they know how. */
function htmlText({ locale, subject, heading, parts, footer }: Letter): string {
  const small = footer.map(({ text, url }) =>
    url === undefined
      ? `<p class="soft" style="margin:0 0 6px;color:#5f6b69">${escapeHtml(text)}</p>`
      : `<p style="margin:0 0 6px"><a class="soft" href="${escapeHtml(url)}" style="color:#5f6b69">${escapeHtml(text)}</a></p>`,
  );
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .ground { background: #111615 !important } .paper { background: #181f1d !important }
  .ink { color: #e8eeec !important } .soft { color: #a2afac !important }
  .line { border-color: #2b3432 !important } .accent { color: #62c9ba !important }
}
</style></head>
<body class="ground" style="margin:0;background:#f6f8f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="ground" style="background:#f6f8f7"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font:15px/1.6 ${FONT}">
<tr><td class="accent" style="padding:0 4px 14px;color:${ACCENT};font-weight:650;letter-spacing:.01em">Tandem</td></tr>
<tr><td class="paper" style="background:#ffffff;border-radius:12px;padding:28px 28px 20px">
<h1 class="ink" style="margin:0 0 14px;font-size:21px;line-height:1.35;color:#17211f">${escapeHtml(heading)}</h1>
${parts.map(htmlPart).join('\n')}
</td></tr>
<tr><td style="padding:18px 4px 0;font-size:13px;line-height:1.5">${small.join('\n')}</td></tr>
</table></td></tr></table></body></html>
`;
}

function htmlPart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return `<p class="ink" style="margin:0 0 14px;color:#17211f">${escapeHtml(part.text)}</p>`;
    case 'button':
      return `<p style="margin:6px 0 18px"><a href="${escapeHtml(part.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(part.label)}</a></p>`;
    case 'list': {
      const rows = part.rows.map(
        ({ text, note, url }) =>
          `<tr><td class="line" style="padding:8px 12px 8px 0;border-top:1px solid #e3e9e7"><a class="ink" href="${escapeHtml(url)}" style="color:#17211f;text-decoration:none">${escapeHtml(text)}</a></td>` +
          `<td class="soft line" align="right" style="padding:8px 0;border-top:1px solid #e3e9e7;color:#5f6b69;white-space:nowrap">${escapeHtml(note)}</td></tr>`,
      );
      const more = part.more
        ? `<p style="margin:8px 0 0"><a class="accent" href="${escapeHtml(part.more.url)}" style="color:${ACCENT}">${escapeHtml(part.more.label)}</a></p>`
        : '';
      return `<div style="margin:0 0 22px"><h2 class="soft" style="margin:0 0 6px;font-size:13px;font-weight:600;color:#5f6b69">${escapeHtml(part.heading)}</h2>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font:15px/1.5 ${FONT}">${rows.join('')}</table>${more}</div>`;
    }
  }
}
