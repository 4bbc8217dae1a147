import type { SyncSettings } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import { Section } from './section.tsx';
import s from './settings.module.css';
import type { SyncDraft } from './sync-draft.ts';
import table from './value-map.module.css';

interface Props {
  readonly saved: SyncSettings;
  readonly draft: SyncDraft;
  readonly edit: (change: Partial<SyncDraft>) => void;
  readonly readOnly: boolean;
}

/** Each of the org's own values and what it means here (B3.4, B4.1). */
export function ValueMap({ saved, draft, edit, readOnly }: Props) {
  const { t } = useT();
  return (
    <Section title={t('settings.salesforce.map.title')} text={t('settings.salesforce.map.text')}>
      {readOnly && <p className={s.remark}>{t('settings.salesforce.map.adminOnly')}</p>}
      <div className={table.maps}>
        <MapTable
          heading={t('settings.salesforce.map.status')}
          values={saved.orgStatuses.map(({ value, label, isClosed }) => ({
            value,
            label,
            tag: isClosed ? t('settings.salesforce.map.closed') : null,
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
      <label className={table.check}>
        <input
          type="checkbox"
          checked={draft.reopenToFormerStatus}
          onChange={(event) => edit({ reopenToFormerStatus: event.target.checked })}
        />
        {t('settings.salesforce.map.reopen')}
      </label>
    </Section>
  );
}

interface TableProps<V extends string> {
  readonly heading: string;
  readonly values: readonly { value: string; label: string; tag: string | null }[];
  readonly options: readonly { value: V; label: string }[];
  readonly map: Readonly<Record<string, V | null>>;
  readonly onChange: (map: Record<string, V | null>) => void;
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
                  onChange({ ...map, [value]: (event.target.value || null) as V | null })
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
