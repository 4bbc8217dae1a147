import { dueWords, longDate, moment } from './dates.ts';
import { type Html, html } from './html.ts';
import { type AppView, appLayout } from './layout.ts';
import { chips, hidden, LIST, TASK_ICON } from './task-list-page.ts';
import type { Named, TaskRow } from './task-query.ts';

export interface RecordPage {
  readonly frame: AppView;
  readonly task: TaskRow;
  readonly mayEdit: boolean;
  readonly today: string;
  readonly timeZone: string;
}

export function taskRecordPage(page: RecordPage): Html {
  const { frame, task, timeZone } = page;
  const due = dueWords(task.dueDate, page.today, task.isClosed);
  return appLayout(
    frame,
    html`
    <p><a href="${LIST}">← Tasks</a></p>
    <div id="live">
      ${task.isDeleted && html`<p class="notice warn">This task is in the Recycle Bin. It can be undeleted for 15 days.</p>`}
      <div class="card" id="record-${task.id}" data-stamp="${task.stamp}">
        <div class="head">
          <span class="head-icon" aria-hidden="true">${TASK_ICON}</span>
          <div class="head-text">
            <p class="eyebrow">Task${chips(task)}</p>
            <h1 dir="auto" class="${task.isClosed ? 'closed-title' : ''}">${task.subject ?? '(no subject)'}</h1>
          </div>
          ${actions(page)}
        </div>
        <div class="section">
          <h2>Task</h2>
          <dl class="facts">
            ${fact('Assigned To', task.owner?.name)}
            ${fact('Status', task.status)}
            ${fact('Subject', task.subject)}
            ${fact('Priority', task.isHigh ? html`<span class="high">${task.priority}</span>` : task.priority)}
            ${fact('Due Date', due !== null && html`<span class="${due.tone}">${longDate(task.dueDate ?? '')}</span>`)}
            ${fact('Name', withType(task.who))}
            ${fact('Related To', withType(task.what))}
            <div class="whole"><dt>Comments</dt><dd class="comments" dir="auto">${task.description}</dd></div>
          </dl>
          <h2>System</h2>
          <dl class="facts">
            ${fact('Created By', `${task.createdBy?.name ?? ''}, ${moment(task.createdDate, timeZone)}`)}
            ${fact('Last Modified By', `${task.modifiedBy?.name ?? ''}, ${moment(task.modifiedDate, timeZone)}`)}
            ${fact('Task ID', html`<code>${task.id}</code>`)}
          </dl>
        </div>
      </div>
    </div>`,
  );
}

function actions({ task, frame, mayEdit }: RecordPage): Html {
  const here = `/lightning/r/Task/${task.id}`;
  const post = (verb: string, label: string, look: string) =>
    html`<form method="post" action="${here}/${verb}">${hidden(frame.csrf, `${here}/view`)}<button class="button ${look}" id="${verb}" type="submit">${label}</button></form>`;
  if (!mayEdit && !task.isDeleted)
    return html`<p class="muted">You may look at this task, not change it.</p>`;
  if (task.isDeleted)
    return html`<div class="actions">${post('undelete', 'Undelete', 'primary')}</div>`;
  const mark = task.isClosed
    ? post('reopen', 'Reopen', '')
    : post('complete', 'Mark Complete', 'primary');
  return html`<div class="actions">${!task.isSeries && mark}<a class="button" id="edit" href="${here}/edit">Edit</a>${post('delete', 'Delete', 'danger')}</div>`;
}

function fact(label: string, value: Html | string | null | undefined | false): Html {
  return html`<div><dt>${label}</dt><dd dir="auto">${value}</dd></div>`;
}

function withType(record: Named | null): Html | null {
  if (record === null) return null;
  return html`${record.name} ${record.type !== '' && html`<span class="muted">(${record.type})</span>`}`;
}

export function messagePage(frame: AppView, title: string, text: string): Html {
  return appLayout(
    frame,
    html`<div class="card"><div class="empty"><strong>${title}</strong><span>${text}</span><a href="${LIST}">Go to your tasks</a></div></div>`,
  );
}
