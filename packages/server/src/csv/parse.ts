import { BYTE_ORDER_MARK, type Cell, rearm } from './format.ts';

export interface CsvRow {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** Of one row; more are read over and not kept: a file of eight million commas is no table. */
const CELLS_MAX = 1_000;

/** The file itself is broken; what its cells say is another matter. */
export class CsvBroken extends Error {
  override name = 'CsvBroken';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/**
 * RFC 4180, and what spreadsheets make of it: a byte order mark, LF alone, semicolons or tabs where a
 * language has its commas in numbers. Empty lines are passed over.
 */
export function* parseCsv(text: string): Generator<CsvRow> {
  const source = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const separator = separatorOf(source);
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const begun = line;
    const cells: Cell[] = [];
    for (;;) {
      const read = source[at] === '"' ? quoted(source, at, line) : plain(source, at, separator);
      if (cells.length < CELLS_MAX) cells.push(read.cell);
      at = read.end;
      line = read.line ?? line;
      if (source[at] !== separator) break;
      at += 1;
    }
    if (source.startsWith('\r\n', at)) at += 2;
    else if (at < source.length && /[\r\n]/.test(source[at] ?? '')) at += 1;
    else if (at < source.length) throw new CsvBroken(line, 'something follows a closing quote');
    line += 1;
    if (cells.length > 1 || cells[0] !== null) yield { line: begun, cells };
  }
}

interface Read {
  readonly cell: Cell;
  readonly end: number;
  readonly line?: number;
}

function plain(source: string, start: number, separator: string): Read {
  let end = start;
  while (end < source.length && !isEnd(source[end], separator)) end += 1;
  const text = source.slice(start, end);
  return { cell: text === '' ? null : rearm(text), end };
}

function isEnd(character: string | undefined, separator: string): boolean {
  return character === separator || character === '\n' || character === '\r';
}

function quoted(source: string, start: number, line: number): Read {
  const pieces: string[] = [];
  let from = start + 1;
  for (;;) {
    const close = source.indexOf('"', from);
    if (close === -1) throw new CsvBroken(line, 'a quote is opened and never closed');
    pieces.push(source.slice(from, close));
    if (source[close + 1] !== '"') {
      const text = pieces.join('"');
      const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
      return { cell: rearm(text), end: close + 1, line: line + breaks };
    }
    from = close + 2;
  }
}

/** By the header, whose names hold none of these. */
function separatorOf(source: string): string {
  const header = source.slice(0, source.search(/[\r\n]|$/));
  if (header.includes(',')) return ',';
  return header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
}
