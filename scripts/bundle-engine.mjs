/**
 * Bundles the pure engine into `engines/<version>.mjs`, one file that needs nothing but Node, so
 * that a decision can be replayed long after the sources have moved on.
 *
 * `write` writes the bundle of the version that the sources name, once: a bundle is evidence, so
 * one that stands is never written again. `check` fails unless every version up to that one has a
 * bundle that says it is of that version; the golden capsules hold bundle and sources to the same
 * decisions.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

const ENTRY = `
export { loadRelease, ReleaseMisfit } from './src/engine/load-release.ts';
export { decide, traceOf } from './src/engine/decide.ts';
export { ENGINE_VERSION } from './src/domain/decision.ts';
`;

/** The bundle of the sources as text. */
async function bundleEngine() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root, sourcefile: 'engine.ts', loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
    external: ['node:*'],
    banner: { js: '// Written by `npm run engine:write`; never edited by hand.' },
  });
  return outputFiles[0].text;
}

/** The version of the engine that the sources name. */
function engineVersion() {
  const source = readFileSync(join(root, 'src/domain/decision.ts'), 'utf8');
  const version = /^export const ENGINE_VERSION = (\d+);$/m.exec(source)?.[1];
  if (version === undefined) throw new Error('src/domain/decision.ts names no ENGINE_VERSION');
  return version;
}

async function write() {
  const file = `engines/${engineVersion()}.mjs`;
  if (existsSync(join(root, file))) {
    stderr.write(`${file} stands: raise ENGINE_VERSION in src/domain/decision.ts first\n`);
    return 1;
  }
  const text = await bundleEngine();
  mkdirSync(join(root, 'engines'), { recursive: true });
  writeFileSync(join(root, file), text);
  stdout.write(`${file} written, ${text.length} characters\n`);
  return 0;
}

async function check() {
  const newest = Number(engineVersion());
  for (let version = 1; version <= newest; version += 1) {
    const file = join(root, `engines/${version}.mjs`);
    const says = existsSync(file)
      ? (await import(pathToFileURL(file).href)).ENGINE_VERSION
      : null;
    if (says === version) continue;
    stderr.write(`engines/${version}.mjs is missing or of another version: restore it, or run\n`);
    stderr.write('`npm run engine:write` where the version was just raised\n');
    return 1;
  }
  stdout.write(`engines of versions 1 to ${newest} are there\n`);
  return 0;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const command = argv[2];
  if (command !== 'write' && command !== 'check') {
    stderr.write('usage: bundle-engine.mjs write | check\n');
    exit(1);
  }
  exit(await (command === 'write' ? write() : check()));
}
