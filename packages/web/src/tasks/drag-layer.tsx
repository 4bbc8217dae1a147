import { useEffect, useRef } from 'react';
import { formatDate } from '../dates/format-date.ts';
import { addDays, type PlainDate, weekdayOf } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { pointer, useDrag } from './drag.ts';
import s from './drag-layer.module.css';
import type { DropDay } from './group-tasks.ts';

/** While tasks are dragged: what hangs on the pointer, and the days that are not in sight as places to drop. */
export function DragLayer({ today }: { today: PlainDate }) {
  const tasks = useDrag((drag) => drag?.tasks ?? null);
  if (!tasks) return null;
  return (
    <>
      <DayBar today={today} />
      <Ghost name={tasks[0]?.name ?? ''} count={tasks.length} />
    </>
  );
}

function Ghost({ name, count }: { name: string; count: number }) {
  const { t } = useT();
  const ghost = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const follow = () => {
      if (ghost.current) {
        ghost.current.style.transform = `translate(${pointer.x + 12}px, ${pointer.y + 8}px)`;
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    document.documentElement.dataset.dragging = '';
    return () => {
      cancelAnimationFrame(frame);
      delete document.documentElement.dataset.dragging;
    };
  }, []);
  return (
    <div ref={ghost} className={s.ghost} aria-hidden="true">
      {count === 1 ? name : t('tasks.count', { count })}
    </div>
  );
}

function DayBar({ today }: { today: PlainDate }) {
  const { t, language } = useT();
  const target = useDrag((drag) => drag?.target ?? null);
  const weekday = (day: PlainDate) => formatDate(day, language, { weekday: 'short' });
  // From the day after tomorrow on to next Monday, which has a name of its own.
  const monday = addDays(today, (8 - weekdayOf(today)) % 7 || 7);
  const between: DropDay[] = [];
  for (let day = addDays(today, 2); day < monday; day = addDays(day, 1)) between.push(day);
  const days: readonly (readonly [DropDay, string])[] = [
    [today, t('common.today')],
    [addDays(today, 1), t('common.tomorrow')],
    ...between.map((day) => [day, weekday(day)] as const),
    ...(monday > addDays(today, 1) ? [[monday, t('tasks.date.nextWeek')] as const] : []),
    ['none', t('tasks.date.noDate')],
  ];
  return (
    <div className={s.bar} aria-hidden="true">
      {days.map(([day, label]) => (
        <span key={day} data-day={day} data-over={day === target || undefined}>
          {label}
        </span>
      ))}
    </div>
  );
}
