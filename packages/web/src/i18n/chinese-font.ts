/**
 * Noto Sans SC in a hundred unicode-range files: its style sheet is read only when Chinese is shown, and
 * then the browser fetches only the files whose characters are on the page.
 */
let asked = false;

export function loadChineseFont(): void {
  if (asked) return;
  asked = true;
  import('@fontsource-variable/noto-sans-sc/wght.css').catch(() => {
    asked = false;
  });
}

const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Words in Chinese on an English page need the font too. */
export function loadFontFor(text: string): void {
  if (!asked && CHINESE.test(text)) loadChineseFont();
}
