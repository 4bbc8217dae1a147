import type { NewTask } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { membersQuery, meQuery } from '../api/queries.ts';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import { splitDate } from '../dates/split-date.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { AccountIcon, CalendarIcon, FlagIcon } from '../ui/icons.tsx';
import { useIsThere } from '../ui/use-is-there.ts';
import { AddKeys } from './add-keys.ts';
import { createTask, sayNotAdded } from './add-task.ts';
import { ChoiceChip } from './choice-chip.tsx';
import s from './composer.module.css';
import { dueText } from './due-text.ts';
import { LateDatePopover } from './late-date-popover.tsx';
import { TYPES, type TypeFilter, type View } from './list-search.ts';
import { setListState } from './list-state.ts';
import { focusActiveTask } from './move-focus.ts';
import { nameFault } from './name-editor.tsx';
import { TYPE_ICONS } from './type-icon.ts';
import { useMayAssign } from './use-may-assign.ts';

/** One line at the top of the list. Enter adds and stays open for the next; a refusal keeps every word. */
export function Composer({ today, view }: { today: PlainDate; view: View }) {
  const { t, language } = useT();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  // Two refusals may come before the first one's name is drawn.
  const standing = useRef('');
  const write = (text: string) => {
    standing.current = text;
    setName(text);
  };
  const [type, setType] = useState<TypeFilter>('custom');
  const [high, setHigh] = useState(false);
  const mayAssign = useMayAssign();
  const me = useQuery(meQuery).data;
  const colleagues = useQuery({ ...membersQuery, enabled: mayAssign }).data?.members ?? [];
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const owner = colleagues.find(({ userId }) => userId === ownerId)?.name ?? null;
  // Until one is chosen by hand it is the day of the view, also when another view is chosen meanwhile.
  const [chosenDate, setChosenDate] = useState<PlainDate | null>();
  // A day typed into the name counts more than the one of the view; words kept in the name are not read again.
  const [keptWords, setKeptWords] = useState<string | null>(null);
  const read = splitDate(name, today);
  const split = read && read.words !== keptWords ? read : null;
  const dueOnLine = chosenDate === undefined ? firstDueDate(view, today) : chosenDate;
  const dueDate = split?.dueDate ?? dueOnLine;
  const [keys] = useState(() => new AddKeys());
  const [dating, setDating] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [adding, setAdding] = useState<readonly { key: string; name: string }[]>([]);
  const isThere = useIsThere();

  const TypeIcon = TYPE_ICONS[type];

  const close = () => {
    setListState({ composing: false });
    focusActiveTask();
  };
  const add = async () => {
    const chosen = (split?.name ?? name).trim();
    const typed = name;
    const fault = nameFault(chosen);
    if (fault) {
      setError(fault);
      input.current?.focus();
      return;
    }
    write('');
    setError(null);
    input.current?.focus();
    const task: NewTask = {
      name: chosen,
      type,
      priority: high ? 'high' : 'normal',
      dueDate,
      ...(ownerId === null ? {} : { ownerId }),
    };
    const key = keys.take(task);
    setAdding((before) => [...before, { key, name: chosen }]);
    const send = async () => {
      const created = await createTask(task, key, owner);
      // The keys of who has closed the line mean the row they are on.
      if (isThere.current) setListState({ activeId: created.id });
    };
    try {
      await send();
    } catch (problem) {
      const isFree = isThere.current && standing.current === '';
      if (!isFree) return sayNotAdded(task, problem, () => sendAgain(task, send));
      keys.failed(task, key, problem);
      write(typed);
      setError(`${t('tasks.add.failed', { name: chosen })} ${problemText(t, problem)}`);
    } finally {
      setAdding((before) => before.filter((other) => other.key !== key));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A menu of a chip lies elsewhere in the page, and Escape there closes only it.
    const isHere = event.currentTarget.contains(event.target as Node);
    if (event.key !== 'Escape' || dating || !isHere) return;
    event.stopPropagation();
    close();
  };
  const due = (
    <button
      type="button"
      className={s.chip}
      aria-label={
        dueDate
          ? t('tasks.date.set', { date: dueText(t, dueDate, today, language) })
          : t('tasks.date.unset')
      }
      data-read={split !== null || undefined}
      onClick={() => setDating(true)}
    >
      <CalendarIcon size={14} />
      {dueDate ? dueText(t, dueDate, today, language) : t('tasks.date.noDate')}
    </button>
  );

  return (
    <div className={s.wrap}>
      <form
        className={s.composer}
        aria-label={t('tasks.add.button')}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input
          ref={input}
          // biome-ignore lint/a11y/noAutofocus: the person asked for this line
          autoFocus
          className={s.name}
          value={name}
          placeholder={t('tasks.add.placeholder')}
          aria-label={t('tasks.add.name')}
          aria-invalid={error !== null}
          aria-describedby="composer-note"
          onChange={(event) => {
            write(event.target.value);
            setError(null);
          }}
        />
        <div className={s.chips}>
          <ChoiceChip
            label={t('tasks.field.type')}
            icon={<TypeIcon size={14} />}
            value={type}
            options={TYPES.map((value) => {
              const Icon = TYPE_ICONS[value];
              return { value, text: t(`tasks.type.${value}`), icon: <Icon size={16} /> };
            })}
            onChange={setType}
          />
          {dating ? (
            <LateDatePopover
              value={dueDate}
              onChange={(date) => {
                if (read) setKeptWords(read.words);
                setChosenDate(date);
              }}
              onClose={() => {
                setDating(false);
                input.current?.focus();
              }}
            >
              {due}
            </LateDatePopover>
          ) : (
            due
          )}
          <button
            type="button"
            className={s.chip}
            aria-pressed={high}
            aria-label={`${t('tasks.filter.priority')}: ${t('tasks.priority.high')}`}
            onClick={() => setHigh(!high)}
          >
            <FlagIcon size={14} />
            {t('tasks.priority.high')}
          </button>
          {mayAssign && me && colleagues.length > 1 && (
            <ChoiceChip
              label={t('center.assign.owner')}
              icon={<AccountIcon size={14} />}
              value={ownerId ?? me.userId}
              options={colleagues
                .filter(({ removedAt }) => removedAt === null)
                .map(({ userId, name: text }) => ({ value: userId, text }))}
              onChange={(value) => setOwnerId(value === me.userId ? null : value)}
            />
          )}
          <span className={s.grow} />
          <Button compact look="quiet" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button compact type="submit">
            {t('tasks.add.submit')}
          </Button>
        </div>
      </form>
      <div id="composer-note" role="status" className={s.note}>
        {error ? (
          <span className={s.error}>{error}</span>
        ) : adding.length > 0 ? (
          t('tasks.add.adding', { name: adding.at(-1)?.name ?? '' })
        ) : split ? (
          <button
            type="button"
            className={s.read}
            onClick={() => {
              setKeptWords(split.words);
              input.current?.focus();
            }}
          >
            {t('center.composer.read', { words: split.words })}
          </button>
        ) : (
          <span className={s.hint}>{t('tasks.add.hint')}</span>
        )}
      </div>
    </div>
  );
}

/** The line was closed before the answer, or the next name stands in it. */
async function sendAgain(task: NewTask, send: () => Promise<void>): Promise<void> {
  await send().catch((fault) => sayNotAdded(task, fault, () => sendAgain(task, send)));
}

/** A task added in a view belongs to that view. */
function firstDueDate(view: View, today: PlainDate): PlainDate | null {
  switch (view) {
    case 'tomorrow':
      return addDays(today, 1);
    case 'no_date':
    case 'all_open':
      return null;
    default:
      return today;
  }
}
