import type { OrgRecord } from '../org/org.ts';
import { type Html, html } from './html.ts';

const ASSETS = '/__sandbox__/assets';
/** In this order: later ones refine earlier ones. */
export const STYLES = ['page', 'frame', 'tasks', 'narrow'];

/** A single card in the middle: login, approval, errors. */
export function bareLayout(title: string, content: Html): Html {
  return documentOf(
    `${title} | Sandbox org`,
    'bare',
    html`
    ${ribbon('Sandbox org')}
    <main class="bare-main">
      <div class="mark" aria-hidden="true">${MARK}</div>
      <div class="card bare-card">${content}</div>
      <p class="foot">A stand-in for Salesforce on your own computer. Nothing here reaches the real one.</p>
    </main>`,
  );
}

export interface AppView {
  readonly title: string;
  readonly orgName: string;
  readonly user: OrgRecord;
  readonly csrf: string;
  readonly notice: Notice | null;
  /** The page follows the org: it refreshes `#live` when a task changes. */
  readonly live: 'refresh' | 'warn' | 'off';
}

export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
  /** A task that was just deleted; offers the way back. */
  readonly undelete?: string;
}

/** The frame of the org's own pages. */
export function appLayout(view: AppView, content: Html): Html {
  const name = String(view.user.Name);
  return documentOf(
    `${view.title} | ${view.orgName} sandbox`,
    'app',
    html`
    <a class="skip" href="#main">Skip to content</a>
    ${ribbon(`Sandbox org · ${view.orgName}`)}
    <header class="top">
      <a class="brand" href="/lightning/o/Task/list" aria-label="Home"><span class="mark small" aria-hidden="true">${MARK}</span> <span>Sales</span></a>
      <nav aria-label="Main"><a class="tab current" href="/lightning/o/Task/list">Tasks</a></nav>
      <div class="who">
        <span class="avatar" aria-hidden="true">${initials(name)}</span>
        <span class="who-name">${name}</span>
        <form method="post" action="/secur/logout.jsp">
          <input type="hidden" name="csrf" value="${view.csrf}">
          <button class="linklike" type="submit">Log out</button>
        </form>
      </div>
    </header>
    <main id="main" data-live="${view.live}" tabindex="-1">
      ${view.notice !== null && noticeBar(view.notice, view.csrf)}
      ${content}
    </main>
    <p class="sr-only" id="announcer" role="status" aria-live="polite"></p>`,
  );
}

function noticeBar(notice: Notice, csrf: string): Html {
  return html`
    <div class="notice ${notice.tone}" role="status">
      <span>${notice.text}</span>
      ${
        notice.undelete !== undefined &&
        html`<form method="post" action="/lightning/r/Task/${notice.undelete}/undelete">
          <input type="hidden" name="csrf" value="${csrf}">
          <button class="linklike" type="submit">Undo delete</button>
        </form>`
      }
    </div>`;
}

function ribbon(text: string): Html {
  return html`<aside class="ribbon" aria-label="Which org this is"><span>${text}</span></aside>`;
}

function documentOf(title: string, kind: 'bare' | 'app', body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="data:,">
  ${STYLES.map((name) => html`<link rel="stylesheet" href="${ASSETS}/${name}.css">`)}
  <script type="module" src="${ASSETS}/page.js"></script>
</head>
<body class="${kind}">${body}</body>
</html>`;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Two stacked sheets: the sandbox's own mark. */
const MARK: Html = {
  html: '<svg viewBox="0 0 32 32" focusable="false"><rect x="4" y="9" width="18" height="18" rx="4" fill="currentColor" opacity=".35"/><rect x="10" y="4" width="18" height="18" rx="4" fill="currentColor"/><path d="m14.5 13 3.2 3.2 6-6.4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
};
