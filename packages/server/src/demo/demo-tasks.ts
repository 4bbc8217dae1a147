import type { PlainDate } from '@tandem/engine';
import type { NewTaskRow } from '@tandem/store';
import { addDays } from '../api/tasks/days.ts';
import type { DEMO_PEOPLE } from './people.ts';
import { LIN_WEI } from './sketches/linwei.ts';
import { MARA } from './sketches/mara.ts';
import { PRIYA } from './sketches/priya.ts';
import type { Sketch } from './sketches/sketch.ts';
import { TOMAS } from './sketches/tomas.ts';

export type DemoEmail = (typeof DEMO_PEOPLE)[number]['email'];

/** A lived-in list each: some late, most soon, some without a date, one done. */
const SKETCHES: Readonly<Record<DemoEmail, readonly Sketch[]>> = {
  'mara@aldermoor.example': MARA,
  'tomas@aldermoor.example': TOMAS,
  'linwei@aldermoor.example': LIN_WEI,
  'priya@aldermoor.example': PRIYA,
};

export function demoTasks(
  email: DemoEmail,
  ownerId: string,
  today: PlainDate,
): readonly NewTaskRow[] {
  return SKETCHES[email].map((sketch) => ({
    name: sketch.name,
    type: sketch.type,
    status: sketch.status ?? 'open',
    priority: sketch.priority ?? 'normal',
    dueDate: sketch.day === null ? null : addDays(today, sketch.day),
    details: sketch.details ?? '',
    ownerId,
    person: null,
    related: null,
    campaign: sketch.campaign ?? null,
    callOutcome: sketch.callOutcome ?? null,
    callReason: sketch.callReason ?? null,
  }));
}
