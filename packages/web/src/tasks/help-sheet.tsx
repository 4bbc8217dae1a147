import { Modal } from '@mantine/core';
import { useT } from '../i18n/use-t.ts';
import s from './help-sheet.module.css';

const KEYS = [
  ['move', ['j', 'k']],
  ['open', ['Enter', 'o']],
  ['select', ['x']],
  ['complete', ['Space']],
  ['edit', ['e']],
  ['date', ['d']],
  ['priority', ['p']],
  ['delete', ['#']],
  ['undo', ['z']],
  ['create', ['c']],
  ['search', ['/']],
  ['overdue', ['v']],
  ['help', ['?']],
  ['escape', ['Esc']],
] as const;

export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('tasks.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <dl className={s.keys}>
        {KEYS.map(([action, keys]) => (
          <div key={action}>
            <dt>{t(`tasks.shortcuts.${action}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
