/**
 * How well a typed text fits a label, or null: every letter must occur in order. Letters at the start of a
 * word and next to each other count most, so that `nd` finds "No date" before "Tandem".
 */
export function fuzzyScore(typed: string, label: string): number | null {
  const wanted = fold(typed).replaceAll(' ', '');
  if (wanted === '') return 0;
  const text = fold(label);
  const whole = text.indexOf(fold(typed).trim());
  if (whole !== -1 && isWordStart(text, whole)) return WHOLE - text.length / 100;
  return scattered(wanted, text);
}

const WHOLE = 1_000;
const WORD_START = 10;
const ADJACENT = 8;

function scattered(wanted: string, text: string): number | null {
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    // The start of a later word is what people mean before a letter inside this one.
    const near = text[last + 1] === letter ? last + 1 : startOfWord(text, letter, from);
    const at = near === -1 ? text.indexOf(letter, from) : near;
    if (at === -1) return null;
    score += at === last + 1 ? ADJACENT : isWordStart(text, at) ? WORD_START : 1;
    last = at;
    from = at + 1;
  }
  return score - text.length / 100;
}

function startOfWord(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return -1;
}

const isWordStart = (text: string, at: number) =>
  at === 0 || /[\s/&“(→:·-]/.test(text[at - 1] ?? '');

/** Without regard to case and accents: nobody types é to find "Café". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What fits, best first; equals keep their order. */
export function fuzzyFilter<Item>(
  typed: string,
  items: readonly Item[],
  textsOf: (item: Item) => readonly string[],
): Item[] {
  return items
    .map((item) => ({
      item,
      score: Math.max(...textsOf(item).map((text) => fuzzyScore(typed, text) ?? MISS)),
    }))
    .filter(({ score }) => score !== MISS)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

const MISS = Number.NEGATIVE_INFINITY;
