import type { SyncSettings, SyncStatus } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import type { Edits } from '../ui/edits.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { Segments } from '../ui/segments.tsx';
import { ApiShare } from './api-share.tsx';
import type { SyncDraft } from './sync-draft.ts';
import { ValueMap } from './value-map.tsx';

const RULES = ['latest', 'salesforce', 'app'] as const;

interface Props {
  readonly saved: SyncSettings;
  readonly draft: SyncDraft;
  readonly status: SyncStatus;
  readonly edit: (change: Edits<SyncDraft>) => void;
  readonly isAdmin: boolean;
}

/** What holds for everybody of the org and only admins decide, whether or not they sync themselves (B3.4, B10.2, B11.7). */
export function OrgRules({ saved, draft, status, edit, isAdmin }: Props) {
  const { t } = useT();
  return (
    <>
      <Section
        title={t('settings.salesforce.conflict.title')}
        text={t('settings.salesforce.conflict.text')}
      >
        {!isAdmin && <p className={s.remark}>{t('settings.salesforce.map.adminOnly')}</p>}
        {isAdmin && draft.mode === 'off' && (
          <p className={s.remark}>{t('settings.salesforce.map.alsoWhileOff')}</p>
        )}
        <Segments
          name="conflict"
          label={t('settings.salesforce.conflict.title')}
          options={RULES.map((value) => ({
            value,
            text: t(`settings.salesforce.conflict.${value}`),
          }))}
          disabled={!isAdmin}
          value={draft.conflictRule}
          onChange={(value) => edit({ conflictRule: value })}
        />
      </Section>
      <ValueMap saved={saved} draft={draft} edit={edit} readOnly={!isAdmin} />
      <ApiShare share={draft.apiShare} status={status} edit={edit} readOnly={!isAdmin} />
    </>
  );
}
