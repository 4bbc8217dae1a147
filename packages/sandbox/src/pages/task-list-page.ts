import { dueWords } from './dates.ts';
import { type Html, html } from './html.ts';
import { type AppView, appLayout } from './layout.ts';
import {
  LIST_VIEWS,
  type ListQuery,
  PAGES_MAX,
  plainOrder,
  ROWS_PER_PAGE,
  type SortKey,
  type TaskRow,
} from './task-query.ts';

export const LIST = '/lightning/o/Task/list';

export interface ListPage {
  readonly frame: AppView;
  readonly query: ListQuery;
  readonly rows: readonly TaskRow[];
  readonly total: number;
  readonly today: string;
}

export function taskListPage(page: ListPage): Html {
  const { query, frame } = page;
  const view = LIST_VIEWS.find((candidate) => candidate.key === query.view) ?? LIST_VIEWS[0];
  return appLayout(
    frame,
    html`
    <div class="card">
      <div class="head">
        <span class="head-icon" aria-hidden="true">${TASK_ICON}</span>
        <div class="head-text"><p class="eyebrow">Tasks</p><h1>${view.label}</h1></div>
        <form class="search" role="search" method="get" action="${LIST}">
          <input type="hidden" name="filterName" value="${query.view}">
          <label class="sr-only" for="search">Search tasks</label>
          <input id="search" type="search" name="q" value="${query.search}" placeholder="Search this list" maxlength="200">
          <button class="button" type="submit">Search</button>
        </form>
        <a class="button primary" href="/lightning/o/Task/new">New Task</a>
      </div>
      <nav class="views" aria-label="List views">
        ${LIST_VIEWS.map(
          (choice) =>
            html`<a href="${listUrl({ ...query, ...plainOrder(choice.key), view: choice.key, page: 1 })}"${choice.key === query.view && html` aria-current="page"`}>${choice.label}</a>`,
        )}
      </nav>
      <div id="live">
        <p class="count">${countWords(page)}</p>
        ${page.rows.length === 0 ? emptyList(query) : table(page)}
        ${pager(page)}
      </div>
    </div>`,
  );
}

export function listUrl(query: ListQuery): string {
  const search = new URLSearchParams({ filterName: query.view });
  if (query.search !== '') search.set('q', query.search);
  const plain = plainOrder(query.view);
  if (query.sort !== plain.sort || query.descending !== plain.descending) {
    search.set('sort', query.sort);
    search.set('dir', query.descending ? 'desc' : 'asc');
  }
  if (query.page > 1) search.set('page', String(query.page));
  return `${LIST}?${search.toString()}`;
}

function countWords({ query, total }: ListPage): string {
  const noun = total === 1 ? 'task' : 'tasks';
  return query.search === ''
    ? `${total} ${noun}`
    : `${total} ${noun} with “${query.search}” in the subject`;
}

function table(page: ListPage): Html {
  return html`
    <table>
      <thead><tr>
        <th class="col-check" scope="col"><span class="sr-only">Done</span></th>
        ${sortHeader(page.query, 'subject', 'Subject', '')}
        ${sortHeader(page.query, 'name', 'Name', 'col-name')}
        ${sortHeader(page.query, 'related', 'Related To', 'col-related')}
        ${sortHeader(page.query, 'due', 'Due Date', 'col-due')}
        ${sortHeader(page.query, 'status', 'Status', 'col-status')}
        ${sortHeader(page.query, 'priority', 'Priority', 'col-priority')}
        ${page.query.view !== 'open' && sortHeader(page.query, 'owner', 'Assigned To', 'col-owner')}
        <th class="col-actions" scope="col"><span class="sr-only">Actions</span></th>
      </tr></thead>
      <tbody>${page.rows.map((row) => tableRow(row, page))}</tbody>
    </table>`;
}

function tableRow(row: TaskRow, { frame, today, query }: ListPage): Html {
  const subject = row.subject ?? '(no subject)';
  const due = dueWords(row.dueDate, today, row.isClosed);
  const back = listUrl(query);
  return html`
    <tr id="row-${row.id}" data-stamp="${row.stamp}" class="task-row ${row.isClosed && 'is-closed'}">
      <td class="c-check">${!row.isDeleted && !row.isSeries && toggle(row, subject, frame.csrf, back)}</td>
      <td class="c-subject"><a class="subject" dir="auto" id="open-${row.id}" href="/lightning/r/Task/${row.id}/view" title="${subject}">${subject}</a>${chips(row)}</td>
      <td class="c-name">${row.who?.name}</td>
      <td class="c-related">${row.what?.name}</td>
      <td class="c-due">${due !== null && html`<span class="${due.tone}">${due.text}</span>`}</td>
      <td class="c-status">${row.status}</td>
      <td class="c-priority ${!row.isHigh && 'plain'}"><span class="${row.isHigh ? 'high' : ''}">${row.priority}</span></td>
      ${query.view !== 'open' && html`<td class="c-owner">${row.owner?.name}</td>`}
      <td class="c-actions"><div class="row-actions">${row.isDeleted ? undeleteButton(row, subject, frame.csrf, back) : rowActions(row, subject, frame.csrf, back)}</div></td>
    </tr>`;
}

export function toggle(row: TaskRow, subject: string, csrf: string, back: string): Html {
  const verb = row.isClosed ? 'Reopen' : 'Complete';
  return html`<form method="post" action="/lightning/r/Task/${row.id}/${verb.toLowerCase()}">
    ${hidden(csrf, back)}<button class="check" id="check-${row.id}" type="submit" aria-label="${verb} “${subject}”" title="${verb}"></button></form>`;
}

function rowActions(row: TaskRow, subject: string, csrf: string, back: string): Html {
  return html`
    <a class="row-action" id="edit-${row.id}" href="/lightning/r/Task/${row.id}/edit" aria-label="Edit “${subject}”">Edit</a>
    <form method="post" action="/lightning/r/Task/${row.id}/delete">${hidden(csrf, back)}
      <button class="linklike row-action" id="delete-${row.id}" type="submit" aria-label="Delete “${subject}”">Delete</button></form>`;
}

function undeleteButton(row: TaskRow, subject: string, csrf: string, back: string): Html {
  return html`<form method="post" action="/lightning/r/Task/${row.id}/undelete">${hidden(csrf, back)}
    <button class="linklike row-action" id="undelete-${row.id}" type="submit" aria-label="Undelete “${subject}”">Undelete</button></form>`;
}

export function hidden(csrf: string, back: string): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="back" value="${back}">`;
}

export function chips(row: TaskRow): Html {
  return html`${row.isSeries && html`<span class="chip">Series</span>`}${row.inSeries && html`<span class="chip">Recurring</span>`}${row.isArchived && html`<span class="chip">Archived</span>`}`;
}

function sortHeader(query: ListQuery, sort: SortKey, label: string, className: string): Html {
  const current = query.sort === sort;
  const descending = current ? !query.descending : sort === 'modified';
  const aria = current && html` aria-sort="${query.descending ? 'descending' : 'ascending'}"`;
  const arrow = current && html` <span aria-hidden="true">${query.descending ? '↓' : '↑'}</span>`;
  return html`<th class="${className}" scope="col"${aria}><a class="sort" id="sort-${sort}" href="${listUrl({ ...query, sort, descending, page: 1 })}">${label}${arrow}</a></th>`;
}

const EMPTY: Readonly<Record<ListQuery['view'], readonly [string, string]>> = {
  open: ['Nothing open.', 'Tasks assigned to you appear here, also those another program makes.'],
  all: ['No tasks yet.', 'Make one with New Task, or let another program do it.'],
  completed: ['Nothing completed yet.', 'Tick a task in your list and it moves here.'],
  bin: ['The Recycle Bin is empty.', 'Deleted tasks wait here for 15 days.'],
};

function emptyList(query: ListQuery): Html {
  const [title, more] =
    query.search === ''
      ? EMPTY[query.view]
      : ['No task matches.', 'Try a shorter word, or another list.'];
  return html`<div class="empty"><strong>${title}</strong><span>${more}</span></div>`;
}

function pager({ query, total }: ListPage): Html {
  const last = Math.min(Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), PAGES_MAX);
  if (last === 1) return html``;
  const link = (page: number, label: string) =>
    page < 1 || page > last
      ? html`<span></span>`
      : html`<a class="button" href="${listUrl({ ...query, page })}">${label}</a>`;
  return html`<nav class="pages" aria-label="Pages">${link(query.page - 1, 'Previous')}<span>Page ${query.page} of ${last}</span>${link(query.page + 1, 'Next')}</nav>`;
}

export const TASK_ICON: Html = {
  html: '<svg viewBox="0 0 24 24" focusable="false"><path d="M4 6.5 5.8 8.3 9 5M4 13.5l1.8 1.8L9 12M12.5 7H20M12.5 14H20M5 19.5h.01M12.5 19.5H20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
};
