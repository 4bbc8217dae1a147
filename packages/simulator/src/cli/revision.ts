import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit, with a mark when files differ from it; a copy without git has none. */
export async function revisionOf(root: string): Promise<string> {
  const commit = await git(root, 'rev-parse', '--short=12', 'HEAD');
  if (commit === null) return 'no commit';
  const changed = await git(
    root,
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    'packages',
  );
  return `commit ${commit}${changed ? ' with local changes' : ''}`;
}

async function git(root: string, ...args: readonly string[]): Promise<string | null> {
  try {
    return (await run('git', [...args], { cwd: root })).stdout.trim();
  } catch {
    return null;
  }
}
