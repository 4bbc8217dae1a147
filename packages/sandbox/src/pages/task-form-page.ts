import type { OrgError } from '../org/org.ts';
import { type Html, html } from './html.ts';
import { type AppView, appLayout } from './layout.ts';
import type { TaskValues } from './task-form.ts';
import { TASK_ICON } from './task-list-page.ts';
import type { Named } from './task-query.ts';

export interface FormPage {
  readonly frame: AppView;
  /** Null: a new task. */
  readonly taskId: string | null;
  readonly values: TaskValues;
  /** The values the form was opened with; only what differs from them is saved. */
  readonly was: TaskValues;
  readonly errors: readonly OrgError[];
  readonly statuses: readonly Choice[];
  readonly priorities: readonly Choice[];
  readonly people: readonly Named[];
  readonly records: readonly Named[];
  readonly owners: readonly Named[];
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const SUGGESTED_SUBJECTS = ['Call', 'Send Letter', 'Send Quote', 'Other'];

export function taskFormPage(page: FormPage): Html {
  const { taskId, values, frame } = page;
  const action = taskId === null ? '/lightning/o/Task/new' : `/lightning/r/Task/${taskId}/edit`;
  const cancel = taskId === null ? '/lightning/o/Task/list' : `/lightning/r/Task/${taskId}/view`;
  return appLayout(
    frame,
    html`
    ${taskId !== null && html`<p class="notice warn" id="changed-meanwhile" data-id="${taskId}" role="status" hidden>This task was changed meanwhile. Saving writes only the fields you change here.</p>`}
    <form class="card" method="post" action="${action}" id="task-form">
      <input type="hidden" name="csrf" value="${frame.csrf}">
      <input type="hidden" name="was" value="${JSON.stringify(page.was)}">
      <div class="head">
        <span class="head-icon" aria-hidden="true">${TASK_ICON}</span>
        <div class="head-text"><p class="eyebrow">Task</p><h1 dir="auto">${frame.title}</h1></div>
      </div>
      ${problems(page)}
      <div class="section">
        <h2>Task</h2>
        <div class="form-grid">
          ${fieldOf(
            page,
            'Subject',
            'Subject',
            (
              more,
            ) => html`<input ${more} list="subjects" value="${values.Subject}" autocomplete="off" dir="auto" autofocus>
            <datalist id="subjects">${SUGGESTED_SUBJECTS.map((text) => html`<option value="${text}">`)}</datalist>`,
          )}
          ${fieldOf(page, 'ActivityDate', 'Due Date', (more) => html`<input ${more} type="date" value="${values.ActivityDate}">`)}
          ${fieldOf(page, 'Status', 'Status', (more) => html`<select ${more}>${plain(page.statuses, values.Status)}</select>`)}
          ${fieldOf(page, 'Priority', 'Priority', (more) => html`<select ${more}>${plain(page.priorities, values.Priority)}</select>`)}
          ${fieldOf(page, 'WhoId', 'Name', (more) => html`<select ${more}>${grouped(page.people, values.WhoId)}</select>`)}
          ${fieldOf(page, 'WhatId', 'Related To', (more) => html`<select ${more}>${grouped(page.records, values.WhatId)}</select>`)}
          ${fieldOf(
            page,
            'OwnerId',
            'Assigned To',
            (more) =>
              html`<select ${more}>${plain(
                page.owners.map((owner) => ({ value: owner.id, label: owner.name })),
                values.OwnerId,
              )}</select>`,
          )}
          ${fieldOf(page, 'Description', 'Comments', (more) => html`<textarea ${more} dir="auto" rows="6">\n${values.Description}</textarea>`, 'whole')}
        </div>
      </div>
      <div class="form-foot">
        <a class="button" href="${cancel}">Cancel</a>
        <button class="button primary" type="submit" id="save">Save</button>
      </div>
    </form>`,
  );
}

function fieldOf(
  page: FormPage,
  name: keyof TaskValues,
  label: string,
  control: (attributes: Html) => Html,
  className = '',
): Html {
  const errors = page.errors.filter((error) => error.fields.includes(name));
  const bad = errors.length > 0 && html` aria-invalid="true" aria-describedby="error-${name}"`;
  return html`
    <div class="field ${className}">
      <label for="${name}">${label}</label>
      ${control(html`id="${name}" name="${name}"${bad}`)}
      ${errors.length > 0 && html`<p class="field-error" id="error-${name}">${errors.map((error) => short(error.message)).join(' ')}</p>`}
    </div>`;
}

/** Errors that belong to no field of this form, and a pointer to those that do. */
function problems({ errors }: FormPage): Html {
  if (errors.length === 0) return html``;
  const loose = errors.filter((error) => !error.fields.some((field) => field in FORM_LABELS));
  const named = errors
    .flatMap((error) => error.fields.map((field) => FORM_LABELS[field]))
    .filter(Boolean);
  return html`
    <div class="problems" role="alert" id="problems">
      <strong>The task was not saved.</strong>
      ${loose.map((error) => html`<span>${short(error.message)}</span>`)}
      ${named.length > 0 && html`<span>Look at: ${[...new Set(named)].join(', ')}.</span>`}
    </div>`;
}

export const FORM_LABELS: Readonly<Record<string, string>> = {
  Subject: 'Subject',
  ActivityDate: 'Due Date',
  Status: 'Status',
  Priority: 'Priority',
  WhoId: 'Name',
  WhatId: 'Related To',
  OwnerId: 'Assigned To',
  Description: 'Comments',
};

/** The org repeats a value that is too long; a page need not repeat 32,000 characters. */
function short(message: string): string {
  return message.length <= 300 ? message : `${message.slice(0, 180)} … ${message.slice(-60)}`;
}

function plain(choices: readonly Choice[], current: string): Html {
  const known = choices.some((choice) => choice.value === current);
  const all = known || current === '' ? choices : [{ value: current, label: current }, ...choices];
  return html`${all.map((choice) => option(choice.value, choice.label, current))}`;
}

function grouped(records: readonly Named[], current: string): Html {
  const types = [...new Set(records.map((record) => record.type))];
  return html`${option('', 'None', current)}${types.map(
    (type) =>
      html`<optgroup label="${type}">${records
        .filter((record) => record.type === type)
        .map((record) => option(record.id, record.name, current))}</optgroup>`,
  )}`;
}

function option(value: string, label: string, current: string): Html {
  return html`<option value="${value}"${value === current && html` selected`}>${label}</option>`;
}
