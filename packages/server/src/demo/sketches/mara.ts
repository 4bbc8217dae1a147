import { campaign, type Sketch } from './sketch.ts';

const secondHall = campaign('Second hall, second season');
const winBack = campaign('Win back: spreadsheet holdouts');

/** Leads the team; large customers around the Baltic and the Rhine. */
export const MARA: readonly Sketch[] = [
  {
    name: 'Send Brackwater the quote with 40 scanners, not 32',
    type: 'email',
    day: -2,
    priority: 'high',
    details: 'Edda wants freight on its own line.\nKeep the 6 % for the second hall.',
  },
  {
    name: 'Ring Osterly about the freezer test',
    type: 'call',
    day: -1,
    callOutcome: 'Left voicemail',
    callReason: 'Follow-up',
    details: 'Two terminals slept at −28 °C over the weekend. Ask Wies how they woke up.',
  },
  {
    name: 'Auenthaler: Rahmenvertrag, Anlage 3 gegenlesen',
    type: 'custom',
    day: 0,
    priority: 'high',
    details: 'Frau Sömmerda braucht die Anlage bis 15 Uhr.\nOffen: Preisgleitung ab Jahr 2.',
  },
  {
    name: 'Opening call, second hall',
    type: 'call',
    day: 0,
    ...secondHall(1, 1),
    callReason: 'First contact',
    details: 'One question only: who counts, and how long does it take them?',
  },
  {
    name: 'Agnes at Quillfeather: the story of the lost pallet',
    type: 'email',
    day: 0,
    ...winBack(1, 1),
  },
  {
    name: 'Forecast for Monday: move Lumen & Larch by a month',
    type: 'custom',
    day: 0,
    details: 'Amount stays. Eleven shops, two still under renovation.',
  },
  { name: 'InMail to Theo Ashgrove, pharmacies', type: 'inmail', day: 1, ...winBack(3, 2) },
  {
    name: 'Boka om Halden Mill till efter bakningen',
    type: 'call',
    day: 1,
    details: 'Sanne svarar aldrig före tio. Ring på lagret om växeln är stängd.',
    callReason: 'Scheduling',
  },
  { name: 'Floor plan and cabling list for Edda', type: 'email', day: 1, ...secondHall(3, 2) },
  {
    name: 'One-to-one with Tomas: reseller margins',
    type: 'custom',
    day: 2,
    details: 'He wants 3 points more for Ferrowen. Bring the numbers of last spring.',
  },
  { name: 'Ravnholt Cykler: tilbud på dansk', type: 'email', day: 4 },
  {
    name: 'Walk through hall two with Jonas',
    type: 'custom',
    day: 6,
    priority: 'high',
    ...secondHall(7, 3),
  },
  { name: 'Ask Osterly to speak at the spring meeting', type: 'call', day: 13 },
  {
    name: 'Which of our customers would lend us a photo?',
    type: 'custom',
    day: null,
    details: 'For the page about cold storage. No faces, no logos of others.',
  },
  {
    name: 'Thank Hedda for the honest “no”',
    type: 'email',
    day: -1,
    status: 'complete',
    details: 'She will look again when the second shop opens.',
  },
];
