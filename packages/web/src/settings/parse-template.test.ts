import { TEMPLATE_FIELDS as ENGINE_FIELDS, parseTemplate } from '@tandem/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipBeside, firstMistake, TEMPLATE_FIELDS, templatePieces } from './parse-template.ts';

const bit = fc.constantFrom(
  '{{',
  '}}',
  '{',
  '}',
  'activity_subject',
  'CALL_reason',
  'nope',
  ' ',
  '好',
  'x',
);
const anyTemplate = fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(''));

describe('B5.1 the template editor', () => {
  it('knows the fields the engine knows', () => {
    expect([...TEMPLATE_FIELDS].sort()).toEqual([...ENGINE_FIELDS].sort());
  });

  it('B5.2 finds a mistake exactly when saving would be refused', () => {
    fc.assert(
      fc.property(anyTemplate, (template) => {
        const mistake = firstMistake(templatePieces(template));
        expect(mistake === null, template).toBe(parseTemplate(template).ok);
      }),
      { numRuns: 2000 },
    );
  });

  it('never loses a character', () => {
    fc.assert(
      fc.property(anyTemplate, (template) => {
        expect(
          templatePieces(template)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(template);
      }),
    );
  });

  it('names the place of a mistake', () => {
    expect(firstMistake(templatePieces('Re: {{activity_topic}}'))).toEqual({
      kind: 'unknown_field',
      at: 5,
      text: 'activity_topic',
    });
    expect(firstMistake(templatePieces('a }} b'))).toEqual({
      kind: 'broken_braces',
      at: 3,
      text: '}}',
    });
  });
});

describe('chips in the template', () => {
  const pieces = templatePieces('Re: {{activity_subject}}!');

  it('B5.1 a chip beside the caret is found whole, on the side that is deleted', () => {
    expect(chipBeside(pieces, 24, 'before')).toEqual({ from: 4, to: 24 });
    expect(chipBeside(pieces, 4, 'after')).toEqual({ from: 4, to: 24 });
    expect(chipBeside(pieces, 4, 'before')).toBeNull();
    expect(chipBeside(pieces, 10, 'before')).toBeNull();
    expect(chipBeside(pieces, 25, 'before')).toBeNull();
  });
});
