/** CSV as RFC 4180 has it: commas, CRLF, quotes doubled. */

/** Null is an empty cell; an empty text is a quoted one, so that the two stay apart. */
export type Cell = string | null;

/** So that spreadsheets read umlauts and Chinese as what they are. */
export const BYTE_ORDER_MARK = '\uFEFF';

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const text = disarm(cell);
  return text === '' || /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A cell that begins so is a formula to a spreadsheet, and a formula can send away what stands beside it.
 * The wide forms count where people write Chinese. An apostrophe before it makes it text, to spreadsheets
 * as to us; so a text that begins with an apostrophe gets one more.
 */
const ARMED = /^['=+\-@\t\r\n＝＋－＠]/;

export function disarm(text: string): string {
  return ARMED.test(text) ? `'${text}` : text;
}

/** The way back. An apostrophe before anything else was written by a person. */
export function rearm(text: string): string {
  return text.startsWith("'") && ARMED.test(text.slice(1)) ? text.slice(1) : text;
}
