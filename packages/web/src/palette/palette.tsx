import {
  Fragment,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useT } from '../i18n/use-t.ts';
import { focusActiveTask } from '../tasks/move-focus.ts';
import { takeEarlyKeys } from '../ui/early-keys.ts';
import { CheckIcon, SearchIcon } from '../ui/icons.tsx';
import type { Command } from './command.ts';
import s from './palette.module.css';
import type { PaletteMode } from './palette-state.ts';
import { useCommands } from './use-commands.ts';

/** Long enough that a word is one question to the server, short enough to feel immediate. */
const ASK_AFTER_MS = 150;

/** One field for everything: type a few letters, Enter. The browser's own dialog keeps the focus inside. */
export function Palette({ mode, onClose }: { mode: PaletteMode; onClose: () => void }) {
  const { t } = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const settled = useSettled(typed);
  // By name, not by place: what is found a moment later comes between.
  const [chosenId, setChosenId] = useState<string | null>(null);
  const { commands, targets } = useCommands(mode, typed, settled);
  const index = Math.max(
    commands.findIndex(({ id: one }) => one === chosenId),
    0,
  );
  const chosen = commands[index];

  // Closed while it is still on the page, so that the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    setTyped(takeEarlyKeys());
    return () => element?.close();
  }, []);
  useEffect(
    () => () => {
      if (document.activeElement === document.body) focusActiveTask();
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the choice
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [index, typed]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // The focus goes back to where it was before the command moves it, not after.
    dialog.current?.close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const by = stepOf(event);
    if (by !== 0) setChosenId(commands.at((index + by) % Math.max(commands.length, 1))?.id ?? null);
    else if (event.key === 'Enter') run(chosen);
    else if (event.key === 'Backspace' && typed === '' && mode !== 'commands') onClose();
    else return;
    event.preventDefault();
  };
  const about =
    mode === 'commands' || mode === 'due' || mode === 'assign'
      ? targets.length === 1
        ? targets[0]?.name
        : targets.length > 1
          ? t('tasks.count', { count: targets.length })
          : null
      : null;

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes, as in every dialog
    <dialog
      ref={dialog}
      className={s.dialog}
      aria-label={t('palette.label')}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={s.body}>
        {about && <p className={s.about}>{about}</p>}
        <div className={s.field}>
          <SearchIcon />
          <input
            autoFocus
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
            aria-autocomplete="list"
            aria-label={t(`palette.ask.${mode}`)}
            placeholder={t(`palette.ask.${mode}`)}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosenId(null);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          tabIndex={-1}
          aria-label={t('palette.label')}
          className={s.list}
        >
          {commands.map((command, place) => (
            <Fragment key={command.id}>
              {mode === 'commands' && startsGroup(commands, place) && (
                <div role="presentation" className={s.group}>
                  {t(`palette.group.${command.group}`)}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus */}
              <div
                id={`${id}-${command.id}`}
                role="option"
                aria-selected={place === index}
                className={s.option}
                onPointerMove={() => setChosenId(command.id)}
                onClick={() => run(command)}
              >
                <span className={s.label}>{command.label}</span>
                {command.checked && <CheckIcon size={14} />}
                {command.hint && <span className={s.hint}>{command.hint}</span>}
                {command.keys && <kbd className={s.key}>{command.keys}</kbd>}
              </div>
            </Fragment>
          ))}
        </div>
        {commands.length === 0 && <p className={s.nothing}>{t('palette.nothing')}</p>}
        <div role="status" className="visually-hidden">
          {t('palette.results', { count: commands.length })}
        </div>
      </div>
    </dialog>
  );
}

function startsGroup(commands: readonly Command[], place: number): boolean {
  return commands[place]?.group !== commands[place - 1]?.group;
}

function stepOf({ key, ctrlKey }: KeyboardEvent): number {
  if (key === 'ArrowDown' || (ctrlKey && key === 'n')) return 1;
  if (key === 'ArrowUp' || (ctrlKey && key === 'p')) return -1;
  return 0;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
