import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleClassFindings } from './style-classes.mjs';

/** Beyond this a file holds more than one idea; the code style asks for 50 to 150. */
const FILE_LINES_MAX = 400;

const FOLDERS = ['packages', 'e2e', 'scripts', 'docs'];
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'test-results']);
const CODE = /\.(ts|tsx|mjs|cjs)$/;
const TEST = /\.test\.tsx?$/;
const TITLE =
  /^\s*(describe|it|test)(?:\.(?:each|for|only|skip|fails|runIf|skipIf|concurrent)(?:\([^)]*\))?)*\(\s*(['"`])(.+?)\2/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

/**
 * The engine and the driver decide; time and chance come in through ports, so that a run can be repeated from its seed.
 * One call to the real clock in there, and a failing run can no longer be replayed.
 */
const TIMELESS = /^packages\/(engine|sync)\/src\//;
const AMBIENT = [
  [/\bDate\.now\b|\bperformance\.now\b/, 'reads the clock', 'take the time from the clock port'],
  [/\bnew Date\(\s*\)/, 'reads the clock', 'take the time from the clock port'],
  [/\bMath\.random\b/, 'rolls dice', 'take chance from the random port'],
  [/\bcrypto\.randomUUID\b|\brandomUUID\(/, 'makes an id', 'take ids from the ids port'],
  [/\bset(Timeout|Interval|Immediate)\b/, 'waits', 'say when to wake up, and let the caller wait'],
  [/\bprocess\.env\b/, 'reads the environment', 'take it as an argument'],
];

/** What a linter does not know about this house. Each finding says where, what, and what to do. */
export function houseRuleFindings(root) {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder));
  const inFiles = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [
      ...fileName(file),
      ...fileLength(file, text),
      ...(TIMELESS.test(file) && !isTestCode(file) ? ambient(file, text) : []),
      ...(TEST.test(file) ? sameTitles(file, text) : []),
    ];
  });
  return [...inFiles, ...styleClassFindings(root, files), ...lockFile(root)];
}

/**
 * `npm install` in a folder that is installed already drops packages of other systems from the lock file, and then
 * `npm ci` refuses a fresh clone (npm/cli#4828).
 */
function lockFile(root) {
  let packages;
  try {
    packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  } catch {
    return [];
  }
  return Object.entries(packages).flatMap(([path, one]) =>
    Object.keys(one.optionalDependencies ?? {})
      .filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      )
      .map(
        (name) =>
          `package-lock.json: ${name} (optional, of ${path}) is missing, so npm ci fails on a fresh clone.`,
      ),
  );
}

function fileName(file) {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return KEBAB.test(name)
    ? []
    : [`${file}: names of files are kebab-case, lower case with hyphens.`];
}

function fileLength(file, text) {
  const lines = text.split('\n').length - 1;
  if (lines <= FILE_LINES_MAX) return [];
  return [`${file}: ${lines} lines, the limit is ${FILE_LINES_MAX}. Cut it along its ideas.`];
}

function ambient(file, text) {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(\/\/|\*|\/\*)/.test(line)) return [];
    return AMBIENT.filter(([pattern]) => pattern.test(line)).map(
      ([, what, instead]) =>
        `${file}:${index + 1}: ${what}. Runs must repeat from their seed: ${instead}.`,
    );
  });
}

/** Two tests of one title in one group: a report names one, and nobody knows which. */
function sameTitles(file, text) {
  const seen = new Map();
  const findings = [];
  let group = '';
  text.split('\n').forEach((line, index) => {
    const [, word, , title] = TITLE.exec(line) ?? [];
    if (word === undefined) return;
    if (word === 'describe') group = title;
    else if (!title.includes('${')) {
      const key = `${group} > ${title}`;
      if (seen.has(key))
        findings.push(
          `${file}:${index + 1}: the title "${title}" is that of line ${seen.get(key)} too. Say what differs.`,
        );
      seen.set(key, index + 1);
    }
  });
  return findings;
}

/** Doubles and worlds for tests live in a folder of that name. */
function isTestCode(file) {
  return TEST.test(file) || /\/(testing|fixtures|test)\//.test(file) || /\.sim\./.test(file);
}

function listFiles(root, folder) {
  let entries = [];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return NOT_OURS.has(entry.name) || entry.name.startsWith('dist-')
        ? []
        : listFiles(root, path);
    return CODE.test(entry.name) && !entry.name.startsWith('.') ? [path] : [];
  });
}
