import type { SyncSettings } from '@tandem/api';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import type { Edits } from '../ui/edits.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { type SyncDraft, withoutStatus } from './sync-draft.ts';
import table from './value-map.module.css';

interface Props {
  readonly saved: SyncSettings;
  readonly draft: SyncDraft;
  readonly edit: (change: Edits<SyncDraft>) => void;
  readonly readOnly: boolean;
}

/** Each of the org's own values and what it means here (B3.4, B4.1). */
export function ValueMap({ saved, draft, edit, readOnly }: Props) {
  const { t } = useT();
  const isNew = (value: string) => saved.newStatuses.some((status) => status.value === value);
  return (
    <Section title={t('settings.salesforce.map.title')} text={t('settings.salesforce.map.text')}>
      {readOnly && <p className={s.remark}>{t('settings.salesforce.map.adminOnly')}</p>}
      <MapNews saved={saved} draft={draft} edit={edit} readOnly={readOnly} />
      <div className={table.maps}>
        <MapTable
          heading={t('settings.salesforce.map.status')}
          values={saved.orgStatuses.map(({ value, label, isClosed }) => ({
            value,
            label,
            tag:
              [
                isNew(value) && t('settings.salesforce.map.new'),
                isClosed && t('settings.salesforce.map.closed'),
              ]
                .filter(Boolean)
                .join(' · ') || null,
          }))}
          options={(['open', 'complete'] as const).map((value) => ({
            value,
            label: t(`tasks.status.${value}`),
          }))}
          map={draft.statusMap}
          onChange={(statusMap) => edit({ statusMap })}
          readOnly={readOnly}
        />
        <MapTable
          heading={t('settings.salesforce.map.priority')}
          values={saved.orgPriorities.map(({ value, label }) => ({ value, label, tag: null }))}
          options={(['normal', 'high'] as const).map((value) => ({
            value,
            label: t(`tasks.priority.${value}`),
          }))}
          map={draft.priorityMap}
          onChange={(priorityMap) => edit({ priorityMap })}
          readOnly={readOnly}
        />
      </div>
      <div role="status">
        {withoutStatus(draft).map((status) => (
          <p key={status} className={s.badText}>
            {t('settings.salesforce.map.nothingFor', { status: t(`tasks.status.${status}`) })}
          </p>
        ))}
      </div>
      <label className={table.check}>
        <input
          type="checkbox"
          checked={draft.reopenToFormerStatus}
          disabled={readOnly}
          onChange={(event) => edit({ reopenToFormerStatus: event.target.checked })}
        />
        {t('settings.salesforce.map.reopen')}
      </label>
    </Section>
  );
}

/** B3.4: a proposal that nobody has confirmed, or statuses that nobody has decided on. */
function MapNews({ saved, draft, edit, readOnly }: Props) {
  const { t, language } = useT();
  const [first] = saved.newStatuses;
  if (saved.statusMapConfirmed && first === undefined) return null;
  const values = {
    names: saved.newStatuses.map(({ value }) => value).join(', '),
    when: first === undefined ? '' : formatMoment(first.since, language),
  };
  return (
    <div className={table.news}>
      <p>
        {saved.statusMapConfirmed
          ? t('settings.salesforce.map.news', values)
          : t('settings.salesforce.map.proposed')}
      </p>
      {readOnly ? (
        <p>{t('settings.salesforce.map.askAdmin')}</p>
      ) : (
        <label className={table.check}>
          <input
            type="checkbox"
            checked={draft.confirmStatusMap}
            onChange={(event) => edit({ confirmStatusMap: event.target.checked })}
          />
          {t(
            saved.statusMapConfirmed
              ? 'settings.salesforce.map.decided'
              : 'settings.salesforce.map.confirm',
          )}
        </label>
      )}
    </div>
  );
}

interface TableProps<V extends string> {
  readonly heading: string;
  readonly values: readonly { value: string; label: string; tag: string | null }[];
  readonly options: readonly { value: V; label: string }[];
  readonly map: Readonly<Record<string, V | null>>;
  /** Hears only what was changed. */
  readonly onChange: (change: Record<string, V | null>) => void;
  readonly readOnly: boolean;
}

function MapTable<V extends string>({
  heading,
  values,
  options,
  map,
  onChange,
  readOnly,
}: TableProps<V>) {
  const { t } = useT();
  return (
    <table className={table.map}>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">{t('settings.salesforce.map.here')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ value, label, tag }) => (
          <tr key={value}>
            <th scope="row">
              {label}
              {tag && <span className={table.tag}>{tag}</span>}
            </th>
            <td>
              <select
                value={map[value] ?? ''}
                disabled={readOnly}
                data-none={(map[value] ?? null) === null || undefined}
                aria-label={t('settings.salesforce.map.selectLabel', { value: label })}
                onChange={(event) =>
                  onChange({ [value]: (event.target.value || null) as V | null })
                }
              >
                <option value="">{t('settings.salesforce.map.none')}</option>
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
