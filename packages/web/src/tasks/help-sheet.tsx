import { Modal } from '@mantine/core';
import { useT } from '../i18n/use-t.ts';
import s from './help-sheet.module.css';
import { GROUPS, ROWS, shownKeys } from './keys.ts';

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** By what one wants to do. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size={760}
      title={t('tasks.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={s.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`keys.groups.${group}`)}</h3>
            <dl className={s.keys}>
              {ROWS.filter((row) => row.group === group).map((row) => (
                <div key={row.text}>
                  <dt>{t(row.text)}</dt>
                  <dd>
                    {shownKeys(row, MOD).map((key) =>
                      key === '…' ? key : <kbd key={key}>{key}</kbd>,
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
