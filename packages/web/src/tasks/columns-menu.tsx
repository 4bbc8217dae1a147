import { Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import { useT } from '../i18n/use-t.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../ui/icons.tsx';
import { changeColumns, useColumns } from './column-choice.ts';
import { DEFAULT_COLUMNS, moveColumn, showColumn } from './columns.ts';
import s from './columns-menu.module.css';

interface Props {
  readonly onClose: () => void;
  readonly children: ReactElement<Record<string, unknown>>;
}

/** Which columns are shown and in which order; the same as dragging in the list's own head, for the keyboard. */
export function ColumnsMenu({ onClose, children }: Props) {
  const { t } = useT();
  const columns = useColumns();
  return (
    <Popover
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
      radius="md"
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('center.columns.label')}>
        <ul className={s.list}>
          {columns.map(({ id, shown }, index) => {
            const name = t(`center.columns.${id}`);
            const [above, below] = [columns[index - 1], columns[index + 1]];
            return (
              <li key={id}>
                <label>
                  <input
                    type="checkbox"
                    checked={shown}
                    onChange={() => changeColumns((before) => showColumn(before, id, !shown))}
                  />
                  {name}
                </label>
                <button
                  type="button"
                  aria-label={t('center.columns.earlier', { column: name })}
                  disabled={!above}
                  onClick={() => above && changeColumns((b) => moveColumn(b, id, above.id))}
                >
                  <ArrowUpIcon size={14} />
                </button>
                <button
                  type="button"
                  aria-label={t('center.columns.later', { column: name })}
                  disabled={!below}
                  onClick={() => below && changeColumns((b) => moveColumn(b, id, below.id))}
                >
                  <ArrowDownIcon size={14} />
                </button>
              </li>
            );
          })}
        </ul>
        <button
          type="button"
          className={s.reset}
          disabled={columns === DEFAULT_COLUMNS}
          onClick={() => changeColumns(() => DEFAULT_COLUMNS)}
        >
          {t('center.columns.reset')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
