import { campaign, type Sketch } from './sketch.ts';

const dockTablets = campaign('Dock tablets: first ninety days');
const resellers = campaign('Reseller spring round');

/** Resellers and freight, Sheffield to Lagos; most of the day on the telephone. */
export const TOMAS: readonly Sketch[] = [
  {
    name: 'Kestrelgate: tablet 17 will not charge',
    type: 'call',
    day: -1,
    priority: 'high',
    callOutcome: 'Call back requested',
    callReason: 'Support',
    details: 'Emeka suspects the dock, not the tablet. Swap them and ring again.',
  },
  { name: 'Send Dele the margin table, July edition', type: 'email', day: -3 },
  {
    name: 'Week-one check: are all shifts signed in?',
    type: 'call',
    day: 0,
    ...dockTablets(7, 1),
    callReason: 'Onboarding',
    details: 'Night shift shares one login. Explain once more why that hurts them.',
  },
  {
    name: 'Ferrowen terms: clause about demo stock',
    type: 'custom',
    day: 0,
    priority: 'high',
    details: 'They keep ten units for six months, we keep the title. Ask Mara before signing.',
  },
  { name: 'Rosalind Quayle: which ferries, which stores?', type: 'inmail', day: 0 },
  { name: 'Open the spring round: three names in York', type: 'email', day: 0, ...resellers(1, 1) },
  {
    name: 'Bisi: invite to the October users’ day',
    type: 'call',
    day: 1,
    callReason: 'Relationship',
  },
  { name: 'Second knock in York', type: 'call', day: 1, ...resellers(4, 2) },
  {
    name: 'Collect mileage for the Leeds week',
    type: 'custom',
    day: 1,
    details: 'Monday 214, Tuesday 88, Thursday no car.',
  },
  { name: 'Month-one review with the yard team', type: 'call', day: 3, ...dockTablets(30, 2) },
  {
    name: 'Leatherwood: what happens to scanners in the rain?',
    type: 'email',
    day: 4,
    details: 'Send the drop-and-soak film. Nnamdi’s yard has no roof.',
  },
  { name: 'Write up the Quayle visit while it is fresh', type: 'custom', day: 5 },
  {
    name: 'Spring round: price list by post, on paper',
    type: 'custom',
    day: 8,
    ...resellers(9, 3),
  },
  { name: 'Learn enough about pallets to stop nodding', type: 'custom', day: null },
  {
    name: 'Ẹ káàbọ̀! Welcome pack to Kestrelgate',
    type: 'email',
    day: -2,
    status: 'complete',
    ...dockTablets(1, 1),
  },
];
