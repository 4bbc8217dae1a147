/**
 * Values that have broken integrations before, kinds named so that a failing test says what it met.
 * Lengths are in UTF-16 code units, as Salesforce counts.
 */
export interface Sample {
  readonly kind: string;
  readonly text: string;
}

export const SUBJECT_MAX = 255;
export const DESCRIPTION_MAX = 32_000;

/** Exactly `length` code units of `unit`, the rest filled with `x`. */
function filled(unit: string, length: number): string {
  const whole = unit.repeat(Math.floor(length / unit.length));
  return whole + 'x'.repeat(length - whole.length);
}

const SHORT: readonly Sample[] = [
  { kind: 'plain', text: 'Call back about the renewal' },
  { kind: 'one character', text: 'x' },
  { kind: 'digits only', text: '0012' },
  { kind: 'looks like a number', text: '1e309' },
  { kind: 'looks like null', text: 'null' },
  { kind: 'looks like undefined', text: 'undefined' },
  { kind: 'looks like a boolean', text: 'false' },
  { kind: 'looks like a date', text: '2026-02-30' },
  { kind: 'looks like an id', text: '00T000000000001EAA' },
  { kind: 'looks like a dynamic field', text: '{{activity_subject}} {{nope}} {{' },
  { kind: 'looks like a template literal', text: `\${name} %s %(a)s {0} #{x}` },
  { kind: 'looks like a formula', text: '=HYPERLINK("http://a.example";"b")' },
  { kind: 'looks like a path', text: '../../etc/passwd\\..\\C:\\' },
  { kind: 'single quote', text: "Ask O'Dwyer's office" },
  { kind: 'quotes of all kinds', text: `'"\`´’“”„«»‹›` },
  { kind: 'backslashes', text: 'a\\b\\\\c\\n\\u0041\\' },
  { kind: 'SOQL metacharacters', text: "%_' OR Id != null -- ) ( : ? * & | ~ ^ [ ] { } + -" },
  { kind: 'SOQL injection', text: "x' OR Name LIKE '%" },
  { kind: 'SQL injection', text: "'); DROP TABLE tasks; --" },
  { kind: 'SQL parameters', text: '$1 $2 ?1 :name @var' },
  { kind: 'JSON text', text: '{"a":[1,null,"\\u0000"]}' },
  { kind: 'HTML', text: '<script>alert(1)</script><b>bold</b> &amp; &lt;' },
  { kind: 'URL with escapes', text: 'https://a.example/?q=%27%00+a&b=c#d' },
  { kind: 'comma, semicolon, quote for CSV', text: 'a,"b";\tc' },
  { kind: 'blanks inside', text: 'two  blanks   three' },
  { kind: 'blanks at both ends', text: '   surrounded   ' },
  { kind: 'tab and line breaks at both ends', text: '\t\r\n surrounded \r\n\t' },
  { kind: 'no-break space at both ends', text: '\u00a0kept\u00a0' },
  { kind: 'ideographic space at both ends', text: '\u3000kept\u3000' },
  { kind: 'zero width characters', text: '\u200bze\u200dro\u2060\ufeff' },
  { kind: 'tab inside', text: 'left\tright' },
  { kind: 'line feed inside', text: 'first\nsecond' },
  { kind: 'carriage return inside', text: 'first\rsecond' },
  { kind: 'CR LF inside', text: 'first\r\nsecond' },
  { kind: 'vertical tab and form feed', text: 'a\u000bb\u000cc' },
  { kind: 'line and paragraph separator', text: 'a\u2028b\u2029c' },
  { kind: 'next line control', text: 'a\u0085b' },
  { kind: 'control characters', text: 'a\u0001\u0007\u001b[31mb\u007f' },
  // The org takes them; PostgreSQL takes neither.
  { kind: 'null characters', text: 'null \u0000\u0000 characters' },
  { kind: 'halves of surrogate pairs', text: 'half \ud83d of \udcde a pair' },
  { kind: 'byte order mark first', text: '\ufeffstart' },
  { kind: 'right to left', text: 'שלום עולם' },
  { kind: 'Arabic with digits', text: 'اتصل بالعميل ١٢٣ غداً' },
  { kind: 'mixed directions with overrides', text: 'abc \u202edef\u202c \u2066ghi\u2069' },
  { kind: 'combining marks', text: 'Z\u0351\u036b\u0343a\u0327\u0310l\u0334g\u0322o\u0335' },
  { kind: 'decomposed', text: 'Cafe\u0301 A\u030angstro\u0308m' },
  { kind: 'composed', text: 'Caf\u00e9 \u00c5ngstr\u00f6m' },
  { kind: 'emoji', text: '📞 call 🎉' },
  { kind: 'emoji sequences', text: '👩🏽‍💻 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇸🇪 1️⃣' },
  { kind: 'astral letters', text: '𝒜𝓁𝒹ℯ𝓇𝓂ℴℴ𝓇 𐍈 𠜎𠜱𡿺' },
  { kind: 'Chinese', text: '给客户回电话（续约）' },
  { kind: 'Japanese', text: '来週の打ち合わせ：ﾊﾝｶｸ' },
  { kind: 'Korean jamo', text: '한국어 \u1112\u1161\u11ab' },
  { kind: 'Thai', text: 'โทรหาลูกค้า' },
  { kind: 'Devanagari', text: 'ग्राहक को कॉल करें' },
  { kind: 'dotless and dotted i', text: 'İıIi ß ẞ ﬁ Ǆ ǆ' },
  { kind: 'characters outside any font', text: '\u{e000}\u{f0000}\u{10fffd}' },
  { kind: 'noncharacters', text: 'a\ufffeb\uffffc' },
  { kind: 'replacement character', text: 'a\ufffdb' },
];

export const SUBJECTS: readonly Sample[] = [
  ...SHORT,
  { kind: '255 letters', text: filled('s', SUBJECT_MAX) },
  { kind: '255 with astral characters', text: filled('𠜎', SUBJECT_MAX) },
  { kind: '255 with combining marks', text: filled('e\u0301\u0323', SUBJECT_MAX) },
  { kind: '255 with emoji sequences', text: filled('👩🏽‍💻', SUBJECT_MAX) },
  { kind: '255 after the blanks are taken off', text: `  ${filled('b', SUBJECT_MAX)}  ` },
  { kind: '255 quotes', text: filled("'", SUBJECT_MAX) },
  { kind: '255 backslashes', text: filled('\\', SUBJECT_MAX) },
];

export const DESCRIPTIONS: readonly Sample[] = [
  ...SHORT,
  { kind: 'several lines, LF', text: 'one\n\ntwo\n\n\nthree' },
  { kind: 'several lines, CR LF', text: 'one\r\n\r\ntwo\r\nthree' },
  { kind: 'mixed line ends', text: 'one\ntwo\r\nthree\rfour' },
  { kind: '32,000 letters', text: filled('d', DESCRIPTION_MAX) },
  { kind: '32,000 with Chinese', text: filled('续', DESCRIPTION_MAX) },
  { kind: '32,000 with astral characters', text: filled('𠜎', DESCRIPTION_MAX) },
  { kind: '32,000 with line breaks', text: filled('line\n', DESCRIPTION_MAX) },
  { kind: 'a page of HTML', text: '<div><p style="a:b">x</p></div>\n'.repeat(100).trim() },
];

/** Days that date code trips over. Salesforce takes 1700-01-01 to 4000-12-31. */
export const DUE_DATES: readonly (string | null)[] = [
  null,
  '1700-01-01',
  '1752-09-03',
  '1752-09-14',
  '1899-12-30',
  '1900-02-28',
  '1900-03-01',
  '1901-12-13',
  '1969-12-31',
  '1970-01-01',
  '1999-12-31',
  '2000-01-01',
  '2000-02-29',
  // A day that Samoa skipped, and nights when clocks change somewhere.
  '2011-12-30',
  '2026-03-08',
  '2026-03-29',
  '2026-10-25',
  '2026-11-01',
  '2026-11-23',
  '2026-11-24',
  '2026-12-31',
  '2027-01-01',
  '2028-02-29',
  '2038-01-19',
  '2038-01-20',
  '2100-02-28',
  '2100-03-01',
  '2400-02-29',
  '3999-12-31',
  '4000-02-29',
  '4000-12-31',
];
