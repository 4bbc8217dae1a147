import type { PlainDate, TaskPriority, TaskStatus, TaskType } from '@tandem/engine';
import type { NewTaskRow } from '@tandem/store';
import { addDays } from '../api/tasks/days.ts';

/** A lived-in list: some late, most soon, some without a date, one or two done. `day` counts from today. */
interface Sketch {
  readonly name: string;
  readonly type: TaskType;
  readonly day: number | null;
  readonly priority?: TaskPriority;
  readonly status?: TaskStatus;
  readonly details?: string;
  readonly campaign?: NewTaskRow['campaign'];
  readonly callOutcome?: string;
}

const spring = (day: number, step: number) => ({ name: 'Spring restock', day, step });
const welcome = (day: number, step: number) => ({ name: 'New customer welcome', day, step });

const SKETCHES: readonly Sketch[] = [
  { name: 'Send the revised quote', type: 'email', day: -2, priority: 'high' },
  { name: 'Ask about the delivery window', type: 'call', day: -1, callOutcome: 'Left voicemail' },
  {
    name: 'First call after the fair',
    type: 'call',
    day: 0,
    priority: 'high',
    campaign: spring(1, 1),
    details: 'Met at the Harbour Fair. Interested in the light frames, worried about lead times.',
  },
  { name: 'Answer the sizing question', type: 'email', day: 0 },
  { name: 'Say hello on InMail', type: 'inmail', day: 0, campaign: welcome(1, 1) },
  { name: 'Prepare the demo order', type: 'custom', day: 0 },
  { name: 'Second touch: price list', type: 'email', day: 1, campaign: spring(3, 2) },
  { name: 'Confirm the visit on Thursday', type: 'call', day: 1 },
  {
    name: 'Review the contract notes',
    type: 'custom',
    day: 1,
    priority: 'high',
    details: 'Clause 4 is still open.\nAsk for the signed annex.',
  },
  { name: 'Check in after the first shipment', type: 'call', day: 3, campaign: welcome(7, 3) },
  { name: 'Share the care guide', type: 'email', day: 4, campaign: welcome(5, 2) },
  { name: 'Third touch: case study', type: 'email', day: 6, campaign: spring(7, 3) },
  { name: 'Ask for a reference', type: 'custom', day: 12 },
  { name: 'Collect ideas for the summer range', type: 'custom', day: null },
  { name: 'Thank-you note', type: 'email', day: -1, status: 'complete' },
];

export function demoTasks(ownerId: string, today: PlainDate): readonly NewTaskRow[] {
  return SKETCHES.map((sketch) => ({
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
    callReason: null,
  }));
}
