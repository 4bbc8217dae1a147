/** Meeting notes that went on for too long, as they do; exactly `length` characters. */
export function longNotes(length: number, language: 'en' | 'zh' | 'mixed'): string {
  const sentences = SENTENCES[language];
  let text = '';
  for (let minute = 0; text.length < length; minute += 1) {
    const clock = `${String(9 + (Math.floor(minute / 60) % 9)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const sentence = sentences[minute % sentences.length] ?? '';
    text += `${clock}  ${sentence}${minute % 5 === 4 ? '\n\n' : '\n'}`;
  }
  const cut = text.slice(0, length);
  // The org trims blanks at the end, and half an emoji is no character.
  return cut.replace(/[\s\ud800-\udfff]+$/, '').padEnd(length, '.');
}

const ENGLISH = [
  'Went through the floor plan. The mezzanine is missing on it, so add four readers, not three.',
  'Question about gloves: touch works with thin ones, not with the freezer pair.',
  'They count twice a year and would like to stop counting at all.',
  'Returns come back without labels. Idea: print at the gate. Cost is on us for the pilot.',
  'Finance wants one invoice per site. Agreed, if the sites are named in the order.',
  'Somebody asked what happens when the network is down. Showed it: pulled the cable, went on scanning.',
  'Training: two mornings, six people each. Night shift gets its own.',
  'Open point: who may change the minimum stock? Today everybody, that is the problem.',
];
const CHINESE = [
  '一号仓库有两处信号不好，需要加装一个中继。',
  '对方希望盘点时不停工，我们演示了分区盘点。',
  '质检要求扫描记录保存五年，现有方案满足。',
  '价格谈到第二轮，三年维护可以再让一点。',
  '夜班同事不习惯新界面，安排一次现场培训。',
];
const SENTENCES: Record<'en' | 'zh' | 'mixed', readonly string[]> = {
  en: ENGLISH,
  zh: CHINESE,
  mixed: ENGLISH.flatMap((line, index) => [line, CHINESE[index % CHINESE.length] ?? '', '→ ok 👍']),
};
