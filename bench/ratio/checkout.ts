import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../src/main/desk.ts';
import { run } from './run.ts';
import type { Scratch } from './scratch.ts';

/** A tree of sources that can be started. */
export interface Checkout {
  readonly root: string;
  /** For people: the short name of the commit, and whether files differ from it. */
  readonly commit: string;
}

/** The tree that this program runs from. */
export async function thisCheckout(scratch: Scratch): Promise<Checkout> {
  const head = await git(scratch, 'rev-parse', '--short', 'HEAD');
  const changes = await git(scratch, 'status', '--porcelain');
  return { root: ROOT, commit: changes === '' ? head : `${head} with changes` };
}

/**
 * Writes the files of a commit into the scratch and gives them their packages. The repository
 * is only read: a worktree would leave an entry in it where this process is killed.
 */
export async function checkOut(commit: string, scratch: Scratch): Promise<Checkout> {
  const named = ['--verify', '--short', '--end-of-options', `${commit}^{commit}`];
  const short = await git(scratch, 'rev-parse', ...named).catch((cause) => {
    throw new Error(`\`${commit}\` is no commit here: name one that \`git log\` shows`, {
      cause,
    });
  });
  const root = join(scratch.folder, 'checkout');
  await mkdir(root);
  const archive = `${root}.tar`;
  await git(scratch, 'archive', '--format=tar', `--output=${archive}`, short);
  await run(['tar', '-xf', archive, '-C', root], { scratch, cwd: scratch.folder });
  await rm(archive);
  await givePackages(root, scratch);
  return { root, commit: short };
}

/** The same packages are shared by a link; others are installed as the commit's lockfile says. */
async function givePackages(root: string, scratch: Scratch): Promise<void> {
  const [here, there] = await Promise.all([ROOT, root].map(lockfileOf));
  const packages = join(root, 'node_modules');
  if (here === there) {
    await symlink(join(ROOT, 'node_modules'), packages, 'dir');
    return;
  }
  await run(['npm', 'ci', '--no-audit', '--no-fund'], { scratch, cwd: root });
}

function lockfileOf(root: string): Promise<string> {
  return readFile(join(root, 'package-lock.json'), 'utf8');
}

async function git(scratch: Scratch, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(['git', ...args], { scratch, cwd: ROOT });
  return stdout.trim();
}
