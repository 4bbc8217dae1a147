import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTemplate,
  plainSubject,
  renderSubject,
  TEMPLATE_FIELDS,
  templateUsesName,
} from './subject-template.ts';
import { context } from './testing/builders.ts';

const campaign = {
  ...context,
  type: 'inmail',
  campaignName: 'Spring',
  campaignDay: 3,
  campaignStep: 2,
  callOutcome: 'Connected',
  callReason: 'Renewal',
} as const;

describe('the activity detail template', () => {
  it('B5.1 renders each dynamic field, whatever the case of its name', () => {
    const template = TEMPLATE_FIELDS.map((field) => `{{ ${field.toUpperCase()} }}`).join('|');
    expect(renderSubject(template, 'Hello', campaign).text).toBe(
      'InMail|Hello|Spring|3|2|Connected|Renewal',
    );
  });

  it.each([
    ['{{activity_sbject}}', { mistake: 'unknown_field', at: 0, text: 'activity_sbject' }],
    ['ok {{activity_type', { mistake: 'broken_braces', at: 3 }],
    ['a }} b', { mistake: 'broken_braces', at: 2 }],
    ['{{activity_type {{call_reason}}', { mistake: 'broken_braces', at: 0 }],
    ['{{}}', { mistake: 'unknown_field', at: 0, text: '' }],
  ])('B5.2 refuses %j and names the place', (template, mistake) => {
    expect(parseTemplate(template)).toMatchObject({ ok: false, ...mistake });
  });

  it('B5.3 falls back to the name when nothing is left', () => {
    expect(renderSubject('{{call_outcome}} ', 'Ring Anna', context).text).toBe('Ring Anna');
    expect(renderSubject('', 'Ring Anna', context).text).toBe('Ring Anna');
  });

  it('B5.4 knows whether it uses the name', () => {
    expect(templateUsesName('x {{ Activity_Subject }}')).toBe(true);
    expect(templateUsesName('activity_subject')).toBe(false);
    expect(templateUsesName('{{activity_subject')).toBe(false);
  });

  it('B5.5 removes line breaks and renders missing values as nothing', () => {
    expect(renderSubject('[{{call_reason}}] {{activity_subject}}', 'a\r\nb\nc', context).text).toBe(
      '[] abc',
    );
  });

  it('B5.5 shortens to 255 characters and says from which length, never splitting a character', () => {
    expect(plainSubject('y'.repeat(255))).toEqual({ text: 'y'.repeat(255), cutFrom: null });
    expect(plainSubject('y'.repeat(300))).toEqual({ text: 'y'.repeat(255), cutFrom: 300 });
    expect(plainSubject(`${'y'.repeat(254)}😀`)).toEqual({ text: 'y'.repeat(254), cutFrom: 256 });
  });

  it('B5.2 any text without braces is itself, and rendering never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (template, name) => {
          const { text } = renderSubject(template, name, campaign);
          expect(text.length).toBeLessThanOrEqual(255);
          expect(text).not.toMatch(/[\r\n]/);
          if (!/[{}]/.test(template)) expect(parseTemplate(template).ok).toBe(true);
        },
      ),
    );
  });
});
