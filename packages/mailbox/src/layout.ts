/** Plainly another place than Tandem, so that nobody takes what was caught for what was delivered. */
const STYLE = `
  :root { color-scheme: light dark; --ink: #1d2327; --soft: #59636b; --line: #dfe4e7; --ground: #f5f6f7; --paper: #fff; --link: #0b5f7a; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6eaec; --soft: #a3adb4; --line: #343b40; --ground: #15191c; --paper: #1d2226; --link: #7cc4dc; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, "Noto Sans SC", sans-serif; }
  header { padding: 14px 20px; border-bottom: 1px solid var(--line); color: var(--soft); }
  main { max-width: 860px; margin: 0 auto; padding: 20px; }
  h1 { font-size: 22px; margin: 0 0 16px; } h2 { font-size: 15px; margin: 24px 0 8px; }
  a { color: var(--link); } a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
  .none { color: var(--soft); }
  .mails { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
  .mails li + li { border-top: 1px solid var(--line); }
  .mails a { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 12px 16px; color: inherit; text-decoration: none; }
  .mails a:hover .subject { text-decoration: underline; }
  .subject { font-weight: 600; grid-column: 1 / -1; overflow-wrap: anywhere; }
  .to, time { color: var(--soft); } time { font-variant-numeric: tabular-nums; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 0 0 16px; overflow-wrap: anywhere; }
  dt { color: var(--soft); } dd { margin: 0; }
  iframe { width: 100%; height: 560px; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
  pre { margin: 0; padding: 16px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
  @media (max-width: 480px) { .mails a { grid-template-columns: 1fr; } }`;

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Mailbox</title><style>${STYLE}</style></head>
<body><header>Mailbox of this machine: caught, never delivered</header>
<main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
