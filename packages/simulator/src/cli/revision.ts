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

/** Seeds nobody has run yet, the same for everybody at one commit. */
export async function seedOfCommit(root: string): Promise<number> {
  const commit = await git(root, 'rev-parse', 'HEAD');
  return commit === null ? 1 : Number.parseInt(commit.slice(0, 8), 16);
}

async function git(root: string, ...args: readonly string[]): Promise<string | null> {
  try {
    return (await run('git', [...args], { cwd: root })).stdout.trim();
  } catch {
    return null;
  }
}
