import { Modal } from '@mantine/core';
import { useT } from '../i18n/use-t.ts';
import s from './help-sheet.module.css';

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** By what one wants to do; the texts of older keys are among the tasks'. */
const GROUPS = [
  [
    'go',
    [
      ['keys.palette', [`${MOD} K`]],
      ['tasks.shortcuts.move', ['j', 'k']],
      ['keys.firstLast', ['Home', 'End']],
      ['tasks.shortcuts.open', ['Enter', 'o']],
      ['tasks.shortcuts.search', ['/']],
      ['keys.views', ['1', '…', '9']],
      ['tasks.shortcuts.escape', ['Esc']],
    ],
  ],
  [
    'do',
    [
      ['tasks.shortcuts.create', ['c']],
      ['tasks.shortcuts.complete', ['Space']],
      ['tasks.shortcuts.edit', ['e']],
      ['tasks.shortcuts.priority', ['p']],
      ['keys.assign', ['a']],
      ['keys.salesforce', ['s']],
      ['keys.copyLink', ['l']],
      ['tasks.shortcuts.delete', ['#']],
      ['tasks.shortcuts.undo', ['z']],
    ],
  ],
  [
    'days',
    [
      ['tasks.shortcuts.date', ['d']],
      ['keys.today', ['t']],
      ['keys.tomorrow', ['m']],
      ['keys.nextWeek', ['w']],
      ['keys.noDate', ['n']],
      ['keys.dayEarlier', ['[', ']']],
    ],
  ],
  [
    'list',
    [
      ['tasks.shortcuts.select', ['x']],
      ['keys.selectMany', ['⇧ j', '⇧ k']],
      ['keys.selectAll', [`${MOD} A`]],
      ['tasks.shortcuts.overdue', ['v']],
      ['tasks.shortcuts.help', ['?']],
    ],
  ],
] as const;

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
        {GROUPS.map(([group, rows]) => (
          <section key={group}>
            <h3>{t(`keys.groups.${group}`)}</h3>
            <dl className={s.keys}>
              {rows.map(([text, keys]) => (
                <div key={text}>
                  <dt>{t(text)}</dt>
                  <dd>{keys.map((key) => (key === '…' ? key : <kbd key={key}>{key}</kbd>))}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
