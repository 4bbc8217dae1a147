import { useId } from 'react';
import { formatTime } from '../dates/format-date.ts';
import s from './hour-chart.module.css';
import { niceCeiling } from './time-text.ts';

export interface HourBar {
  /** Beginning of the hour. */
  readonly at: string;
  /** Null: nothing happened. */
  readonly value: number | null;
  /** A line above the bar. */
  readonly upper?: number | null;
  /** What the table says beside the hour, in the order of `columns`. */
  readonly cells: readonly string[];
}

interface Props {
  readonly title: string;
  readonly bars: readonly HourBar[];
  /** Heads of the table: the hour, then one for each cell. */
  readonly columns: readonly string[];
  readonly format: (value: number) => string;
  readonly language: string;
  /** A level to compare with, and what it is. */
  readonly level?: { readonly value: number; readonly text: string };
}

const HEIGHT = 100;
const GAP = 0.22;
/** Every sixth hour has its name. */
const NAMED = 6;

/** One bar an hour. Drawn for the eye; for the ear the same figures are a table. */
export function HourChart({ title, bars, columns, format, language, level }: Props) {
  const id = useId();
  const highest = Math.max(0, ...bars.map(({ value, upper }) => Math.max(value ?? 0, upper ?? 0)));
  // A level far above all bars would flatten them; then it is only said.
  const shown = level !== undefined && level.value <= highest * 4 ? level : undefined;
  const top = niceCeiling(Math.max(highest, shown?.value ?? 0));
  const y = (value: number) => HEIGHT - (HEIGHT * value) / top;
  const hour = (at: string) => formatTime(at, language);
  return (
    <figure className={s.chart} aria-labelledby={id}>
      <figcaption id={id}>
        {title}
        {level && <span className={s.level}>{level.text}</span>}
      </figcaption>
      <div className={s.plot} aria-hidden="true">
        <span className={s.top}>{format(top)}</span>
        <svg
          viewBox={`0 0 ${bars.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <path d={`M0 0H${bars.length}M0 ${HEIGHT / 2}H${bars.length}`} className={s.grid} />
          <path d={`M0 ${HEIGHT}H${bars.length}`} className={s.base} />
          {bars.map(({ at, value, upper }, index) => (
            <g key={at}>
              {value !== null && (
                <rect
                  className={s.bar}
                  x={index + GAP / 2}
                  width={1 - GAP}
                  y={Math.min(y(value), HEIGHT - 1.5)}
                  height={Math.max(HEIGHT - y(value), 1.5)}
                />
              )}
              {upper !== undefined && upper !== null && (
                <path className={s.upper} d={`M${index + GAP / 2} ${y(upper)}h${1 - GAP}`} />
              )}
            </g>
          ))}
          {shown && <path className={s.line} d={`M0 ${y(shown.value)}H${bars.length}`} />}
        </svg>
        <div className={s.hours}>
          {bars.map(({ at }, index) => (
            <span key={at}>{index % NAMED === bars.length % NAMED ? hour(at) : ''}</span>
          ))}
        </div>
      </div>
      <div className="visually-hidden">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars
              .filter(({ value }) => value !== null)
              .map(({ at, cells }) => (
                <tr key={at}>
                  <th scope="row">{hour(at)}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
