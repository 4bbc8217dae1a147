import { campaign, type Sketch } from './sketch.ts';

const harvest = campaign('Harvest rental');
const exporters = campaign('Exporters who count by hand');

/** New business from Nashik to Amman; small firms, many first conversations. */
export const PRIYA: readonly Sketch[] = [
  {
    name: 'Tamsin Ridge: ask what we lost on',
    type: 'call',
    day: -4,
    callOutcome: 'Gatekeeper',
    callReason: 'Lost deal',
    details: 'Not to win it back. Meher said “the season”, find out which week decided.',
  },
  { name: 'إرسال العرض الأولي إلى ليان الرملي', type: 'email', day: -1, priority: 'high' },
  {
    name: 'Anvi Kettlewell: sample labels for three spices',
    type: 'custom',
    day: 0,
    details: 'Turmeric stains everything. Take the laminated ones.',
  },
  { name: 'नाशिक के गोदाम की चाबी किसके पास है?', type: 'call', day: 0, callReason: 'Logistics' },
  { name: 'First line to six exporters', type: 'email', day: 0, ...exporters(1, 1) },
  {
    name: 'Rental price per week, not per month',
    type: 'custom',
    day: 0,
    priority: 'high',
    ...harvest(1, 1),
    details: 'Vineyards think in weeks. Two columns: with operator, without.',
  },
  { name: 'Oona: does the export desk read InMail at all?', type: 'inmail', day: 1 },
  { name: 'Call the three who opened the mail', type: 'call', day: 1, ...exporters(3, 2) },
  {
    name: 'Vantongeren Blooms: how long does a tulip wait?',
    type: 'call',
    day: 1,
    details: 'Idris plans by the hour. Our dashboard shows days. Be ready for that.',
    callReason: 'Discovery',
  },
  { name: 'Photos of the crates for Lin Wei', type: 'email', day: 2 },
  { name: 'Harvest: hold ten terminals until Friday', type: 'custom', day: 4, ...harvest(4, 2) },
  {
    name: 'مكالمة متابعة مع نجم السهل',
    type: 'call',
    day: 5,
    callReason: 'Follow-up',
    details: 'اسألي عن موعد الجرد السنوي وعن عدد المستودعات.',
  },
  { name: 'Exporters: the two-minute film', type: 'email', day: 7, ...exporters(8, 3) },
  { name: 'A glossary of words customers use for “shelf”', type: 'custom', day: null },
  {
    name: 'Rebook the Pune train',
    type: 'custom',
    day: -1,
    status: 'complete',
    details: 'Window seat, other side: the ghats are on the left going back.',
  },
];
