import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMPORT = /^import (\w+) from '(\.[^']+\.module\.css)';$/gm;
const CLASS = /\.(-?[a-zA-Z_][\w-]*)/g;

/**
 * A class that a style sheet does not have is `undefined` on the page, and no compiler says so; one that nobody names is
 * left over. `files`: paths below `root`.
 */
export function styleClassFindings(root, files) {
  const used = new Map();
  const findings = [];
  for (const file of files.filter((one) => one.endsWith('.tsx'))) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name, path] of text.matchAll(IMPORT)) {
      const sheet = join(dirname(file), path);
      if (!existsSync(join(root, sheet))) continue; // the compiler says so
      const has = classesOf(readFileSync(join(root, sheet), 'utf8'));
      const uses = used.get(sheet) ?? { has, names: new Set() };
      used.set(sheet, uses);
      for (const one of new Set(namesIn(text, name))) {
        uses.names.add(one);
        if (one !== ANY && !has.has(one)) findings.push(`${file}: ${sheet} has no class "${one}".`);
      }
    }
  }
  for (const [sheet, { has, names }] of used) {
    if (names.has(ANY)) continue;
    for (const one of has)
      if (!names.has(one)) findings.push(`${sheet}: nobody uses the class "${one}". Remove it.`);
  }
  return findings;
}

/** Chosen at run time, as in `s[state]`: then every class may be meant. */
const ANY = '[]';

function namesIn(text, name) {
  const code = text.replaceAll(/^import .*$/gm, '');
  const named = [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\.(\\w+)`, 'g'))].map(
    ([, one]) => one,
  );
  return new RegExp(`\\b${name}\\[`).test(code) ? [...named, ANY] : named;
}

function classesOf(sheet) {
  const plain = sheet
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/:global\([^)]*\)/g, '')
    .replaceAll(/\{[^{}]*\}/g, '{}');
  return new Set([...plain.matchAll(CLASS)].map(([, one]) => one));
}
