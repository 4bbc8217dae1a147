import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** Installs what package-lock.json lists, unless all of it is in place. */
export async function installMissing() {
  const missing = missingPackages();
  if (missing.length === 0) return 'in place';
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // `npm ci` begins by removing everything; where something is installed, only the difference is fetched.
  const begun = existsSync(inRoot('node_modules', '.package-lock.json'));
  const how = begun ? ['install', '--no-save'] : ['ci'];
  const { code, output } = await run(command, [...args, ...how, '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error(`npm ${how[0]} failed:\n${complaints(output)}`);
  return `${missing.length} were missing`;
}

/** npm keeps its own list of what it installed; the two lists must agree, and the folders must be there. */
function missingPackages() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules', '.package-lock.json');
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/') || path.includes('/node_modules/'))
    .filter(([path, one]) => {
      const has = installed[path];
      // A package for another system or processor is rightly absent.
      if (has === undefined) return !one.optional && !one.devOptional && !one.peer;
      return has.version !== one.version || !existsSync(inRoot(path));
    })
    .map(([path]) => path);
}

function readPackages(...path) {
  try {
    return JSON.parse(readFileSync(inRoot(...path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** npm says what is wrong first and explains its options for a page afterwards. */
function complaints(output) {
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
  return lines.slice(0, 15).join('\n');
}
