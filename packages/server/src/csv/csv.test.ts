import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvLine, disarm, rearm } from './format.ts';
import { CsvBroken, parseCsv } from './parse.ts';
import { readTaskRows } from './read-tasks.ts';

const rowsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells);
const cell = fc.option(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'=+-@\'\t\r\n,;" a＝') }),
  ),
);

describe('CSV', () => {
  it('gives back every cell to the letter, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 })), (table) => {
        const header: Cell[] = ['a', 'b'];
        const text = [header, ...table].map(csvLine).join('');
        expect(rowsOf(text)).toEqual([header, ...table]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', "'=1", '=HYPERLINK("http://x")'])(
    'no spreadsheet takes %j for a formula, and it comes back as it was',
    (text) => {
      const line = csvLine([text, 'b']);
      expect(line.replace(/^"/, '')[0]).toBe("'");
      expect(rearm(disarm(text))).toBe(text);
      expect(rowsOf(`x,y\r\n${line}`)[1]).toEqual([text, 'b']);
    },
  );

  it('leaves an apostrophe alone that a person wrote', () => {
    expect(rowsOf("name,x\n'tis,'")[1]).toEqual(["'tis", "'"]);
  });

  it('reads what spreadsheets write: a byte order mark, LF, semicolons, tabs, a last line without end', () => {
    expect(rowsOf('\uFEFFa,b\n1,2\n\n3,4')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(rowsOf('a;b\r\n1,5;2')[1]).toEqual(['1,5', '2']);
    expect(rowsOf('a\tb\r\n1;5\t"2\t3"')[1]).toEqual(['1;5', '2\t3']);
  });

  it('names the line of a quote that is never closed, and of one that is followed by something', () => {
    const broken = (text: string) => {
      try {
        return rowsOf(text);
      } catch (error) {
        return error instanceof CsvBroken ? error.line : error;
      }
    };
    expect(broken('a,b\n"x\ny",1\n"z')).toBe(4);
    expect(broken('a,b\n"x"y,1')).toBe(2);
  });
});

describe('rows of tasks', () => {
  const people = { self: 'u1', ownerIds: new Map([['mara@x.example', 'u1']]) };
  const errorsOf = (csv: string) => readTaskRows(csv, people).errors;

  it('say by line and column what is wrong with each, counting lines within quotes', () => {
    const csv = [
      'name,dueDate,priority,details,personId,campaign,campaignDay,owner',
      'Fine,2026-11-24,high,"two',
      'lines",,,,',
      'Bad date,24.11.2026,,,,,,',
      ',,,,,,,',
      'x,,urgent,,,,,',
      'x,,,,short,,,',
      'x,,,,,Autumn,soon,',
      'x,,,,,,,nobody@x.example',
      'x,,,,,,,,,too many',
      '',
    ].join('\r\n');
    expect(errorsOf(csv).map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, 'dueDate', 'bad_value'],
      [5, 'name', 'empty'],
      [6, 'priority', 'bad_value'],
      [7, 'personId', 'bad_value'],
      [8, 'campaignDay', 'bad_value'],
      [9, 'owner', 'unknown_owner'],
      [10, null, 'too_many_cells'],
    ]);
    expect(readTaskRows(csv, people).rows).toMatchObject([
      { line: 2, id: null, values: { name: 'Fine', details: 'two\r\nlines', ownerId: 'u1' } },
    ]);
  });

  it('a column nobody knows is named, and so is a header that is missing', () => {
    expect(errorsOf('name,colour\nx,red')).toMatchObject([{ line: 1, column: 'colour' }]);
    expect(errorsOf('name,Name\nx,y')).toMatchObject([{ line: 1, column: 'Name' }]);
    expect(errorsOf('dueDate\n2026-11-24')).toMatchObject([{ line: 1, column: 'name' }]);
    expect(errorsOf('\n')).toMatchObject([{ line: 1, message: 'the file is empty' }]);
  });

  it('B12.3 a million commas are not a million mistakes, nor a million cells', () => {
    expect(errorsOf(`name${','.repeat(1_000_000)}\n`)).toHaveLength(999);
    expect(rowsOf(`a${','.repeat(1_000_000)}\nb`)).toMatchObject([{ length: 1_000 }, ['b']]);
  });

  it('a file with few columns changes only those, and the same id twice is named', () => {
    const id = '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01';
    const { rows } = readTaskRows(`id,dueDate\n${id},\n`, people);
    expect(rows).toEqual([{ line: 2, id, values: { dueDate: null } }]);
    expect(errorsOf(`id,name\n${id},a\n${id},b\n`)).toEqual([
      { line: 3, column: 'id', code: 'twice', message: 'is on line 2 already' },
    ]);
  });
});
