import { CSV_COLUMNS, CSV_EXTRA_COLUMNS } from '@tandem/api';
import type { TaskView } from '@tandem/store';
import { COLUMNS_ZH } from '../texts/csv-columns-zh-cn.ts';
import type { Locale } from '../texts/locale.ts';
import { BYTE_ORDER_MARK, type Cell, csvLine } from './format.ts';

/** The first line of an export; an import reads it in either language. */
export function csvHeader(locale: Locale = 'en'): string {
  const names = [...CSV_COLUMNS, ...CSV_EXTRA_COLUMNS];
  return (
    BYTE_ORDER_MARK + csvLine(names.map((name) => (locale === 'en' ? name : COLUMNS_ZH[name])))
  );
}

export function csvTask(task: TaskView, emailOf: ReadonlyMap<string, string>): string {
  const cells: Record<(typeof CSV_COLUMNS | typeof CSV_EXTRA_COLUMNS)[number], Cell> = {
    id: task.id,
    name: task.name,
    type: task.type,
    status: task.status,
    priority: task.priority,
    dueDate: task.dueDate,
    details: task.details === '' ? null : task.details,
    owner: emailOf.get(task.ownerId) ?? null,
    personId: task.person?.id ?? null,
    personType: task.person?.type ?? null,
    personName: task.person?.name ?? null,
    relatedId: task.related?.id ?? null,
    relatedType: task.related?.type ?? null,
    relatedName: task.related?.name ?? null,
    campaign: task.campaign?.name ?? null,
    campaignDay: textOf(task.campaign?.day),
    campaignStep: textOf(task.campaign?.step),
    callOutcome: task.callOutcome,
    callReason: task.callReason,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    completedAt: task.completedAt,
    salesforceId: task.sync.salesforceId,
  };
  return csvLine([...CSV_COLUMNS, ...CSV_EXTRA_COLUMNS].map((column) => cells[column]));
}

function textOf(number: number | null | undefined): string | null {
  return number === null || number === undefined ? null : String(number);
}
