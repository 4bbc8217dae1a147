/**
 * What salespeople write into tasks. `{who}` and `{what}` become the person and the record.
 * All of it is invented. Several languages, and everything a text field meets in real life:
 * quotes, brackets, emoji, right-to-left text, lines that look like markup.
 */
export interface TaskText {
  readonly subject: string;
  readonly comments?: string;
}

export const ENGLISH: readonly TaskText[] = [
  {
    subject: 'Call {who}: did the sample terminals arrive?',
    comments:
      'Courier promised Tuesday. If they are still in customs, send the second set from Malmö.',
  },
  {
    subject: 'Send revised quote, 40 units instead of 32',
    comments: 'Keep the 6% for the second hall.\nFreight is separate this time, they asked twice.',
  },
  {
    subject: 'Prepare quarterly review for {what}',
    comments:
      'Slides from last time are fine, change:\n- uptime figures\n- open tickets (3)\n- the roadmap page, they have seen the old one',
  },
  {
    subject: 'Chase signed NDA',
    comments: 'Sent on Monday. {who} said legal needs two days. It has been two days.',
  },
  {
    subject: 'Demo follow-up',
    comments: 'They liked the offline mode. They did not like the price of the docking station.',
  },
  { subject: 'Ask for a reference: "{what}"' },
  { subject: 'Lunch with {who}?', comments: 'Back from holidays on the 3rd. Vegetarian.' },
  { subject: 'Check credit limit before the second delivery' },
  { subject: 'Send case study about cold storage' },
  {
    subject: 'Renewal: who decides now?',
    comments: 'Our contact moved to another team. Org chart is from last year, so ask openly.',
  },
  {
    subject: 'Thank-you note after the site visit',
    comments: 'Mention the bakery smell, everybody laughed about it.',
  },
  { subject: 'Book travel for the fair', comments: 'Two nights. Train if under five hours.' },
  {
    subject: 'Re: Re: Fwd: price list (final) (2)',
    comments: 'Which one is final? Ask {who} on the phone, not by mail.',
  },
  {
    subject: 'Update forecast for {what}',
    comments: 'Close date slipped by a month. Amount stays.',
  },
  {
    subject: 'Competitor in the room: prepare answers',
    comments:
      '1) Battery life\n2) Who repairs it in under 48 h\n3) What happens if the network is gone',
  },
  { subject: 'Return call, missed at 16:40' },
  {
    subject: 'Email the spare parts list',
    comments: 'PDF and the spreadsheet. Part 7731-B is discontinued, name the replacement.',
  },
  {
    subject: 'Confirm install date with {who}',
    comments: 'They can do any Thursday except the last of the month: stocktaking.',
  },
  { subject: 'LinkedIn: congratulate {who} on the new role' },
  { subject: 'Voicemail left, try again before noon' },
  {
    subject: 'Clarify clause 4.2 & 4.3 <liability>',
    comments:
      'Their lawyer writes: "5 < 10 && 10 > 5" to explain the caps. It is not code, do not "fix" it.',
  },
  {
    subject: 'Send Quote',
    comments: 'Valid 30 days. Three options: buy, rent, rent with service.',
  },
  { subject: 'Call', comments: 'Topic: why was the last invoice split in two?' },
  {
    subject: 'Ask IT about single sign-on',
    comments: '{who} wants to know before the pilot, not after.',
  },
  { subject: 'Handover notes to support' },
  {
    subject: 'Get the purchase order number',
    comments: 'Without it accounting will not book. They need it on page one, top right.',
  },
  { subject: 'Fix typo in contract: it\'s "Ridge", not "Bridge"' },
  {
    subject: 'Pilot week 2: short call, how is it going?',
    comments: 'Numbers so far: 1,204 scans, 3 errors, all three at the loading dock (glare).',
  },
  { subject: 'Arrange loan unit while theirs is in repair' },
  {
    subject: 'Reply to the 14 questions',
    comments:
      'Answers 1–9 are in the security paper. 10 and 12 need engineering. 13: no. 14: yes, from spring.',
  },
  { subject: 'Budget meeting moved, ask for the new date' },
  {
    subject: 'Write down what we promised',
    comments: 'On the phone: free training for 6 people, not 8. Delivery week 49 or 50.',
  },
  { subject: 'Find out who else should be in the room' },
  { subject: 'Invite to customer day', comments: 'Parking is short. Ask if they come by car.' },
  {
    subject: '50% done: comparison table',
    comments: 'Columns: ours / theirs / what it means for the shift leader',
  },
  {
    subject: 'Price: C:\\offers\\2026\\{what}.xlsx',
    comments: 'Path on the shared drive. Tab "net". Column F is wrong, use G.',
  },
  {
    subject: 'Win-back: one honest question',
    comments: 'Not "why did you leave us". Ask what they use now and what annoys them about it.',
  },
  { subject: 'Collect the old scanners (22 pcs)' },
  { subject: 'Ask {who} for a quote we may print' },
  { subject: 'Check: does the discount still hold after the 15th?' },
];

export const OTHER_LANGUAGES: readonly TaskText[] = [
  {
    subject: 'Rückruf {who}: Liefertermin bestätigen',
    comments: 'Größere Stückzahl nur mit Anzahlung. Ansprechpartner ab Montag: Frau Sömmerda.',
  },
  {
    subject: 'Angebot überarbeiten (Skonto, Fußnote 3)',
    comments: 'Bitte „frei Haus“ statt „ab Werk“.\nGültig bis Monatsende.',
  },
  { subject: 'Rahmenvertrag: Rückfragen der Rechtsabteilung klären' },
  { subject: 'Messeeinladung verschicken – Halle 7' },
  {
    subject: '给{who}回电话，确认样机到货',
    comments: '上次说周三前答复。如果还没到，请物流查单号。',
  },
  {
    subject: '发送报价单（含税，三年质保）',
    comments: '数量：120 台\n交期：六周\n付款方式：三成预付',
  },
  { subject: '跟进澄岭纺织试用反馈' },
  {
    subject: '准备下周的产品演示🎯',
    comments: '重点：离线盘点、批次追溯。对方仓储主管会参加，别讲太多理论。',
  },
  { subject: '更新合同附件二' },
  {
    subject: '{who}様へ見積書を再送する',
    comments: '税抜と税込の両方を記載。納期は「お打ち合わせの上」とする。',
  },
  {
    subject: '試験導入の日程調整',
    comments: '候補：来週の火・木の午後。工場見学を先に希望されている。',
  },
  { subject: 'お礼のメール（訪問後）' },
  {
    subject: 'متابعة عرض السعر مع {who}',
    comments: 'طلبت خصماً ٥٪ على الدفعة الثانية. الرد قبل يوم الخميس.',
  },
  { subject: 'إرسال الكتالوج (PDF) — نسخة 2.1' },
  {
    subject: 'Ringa {who} om årsavtalet',
    comments: 'Hon är på kontoret till fyra. Fråga om lager två också.',
  },
  { subject: 'Følg op på tilbuddet, Ærø-butikken' },
  {
    subject: 'Relancer {who} : devis n° 204-B',
    comments: 'Elle préfère un appel court. « Pas de diaporama », a-t-elle dit.',
  },
  {
    subject: '🚚 Delivery slot? ✅ if Friday, ❌ if Monday',
    comments:
      'Team agreed on signs 👍🏽 / 👎🏽. Family on site 👩‍👩‍👧, so no forklift before 8. 🇸🇪',
  },
  {
    subject: '🔥🔥 call back today',
    comments: '“Everything stands still” – it was the power plug. Call anyway.',
  },
  {
    subject: 'Zoë / naïve question: cliché or not? Ünïcödé ✓',
    comments: 'Ligature ﬁ, combining é (e + ´), nbsp\u00a0here, zero\u200bwidth, ½ price, 10 µm.',
  },
];

/** What accounts of old years were about. */
export const PAST: readonly TaskText[] = [
  { subject: 'Close the first pilot', comments: 'Signed. Three shops to start with.' },
  { subject: 'Send the winter price list' },
  { subject: 'Call about the broken dock', comments: 'Replaced under warranty.' },
  { subject: 'Yearly check-in with {who}' },
  { subject: 'Archive paperwork of the old contract' },
  { subject: 'Abschluss Probebetrieb' },
  { subject: '年度回访' },
];
