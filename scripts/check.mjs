/** Runs every `check:*` script of package.json, even after one has failed, and says which did. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const names = Object.keys(scripts).filter((name) => name.startsWith('check:'));

const failed = names.filter((name) => {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status !== 0;
});

process.stdout.write(
  `\n${names.length - failed.length} checks passed, ${failed.length} failed\n`,
);
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.exit(failed.length === 0 ? 0 : 1);
