/**
 * Bundles the pure engine into `engines/<version>.mjs`, one file that needs nothing but Node, so
 * that a decision can be replayed long after the sources have moved on.
 *
 * `write` writes the bundle of the version the sources name; `check` fails unless the committed
 * bundle of that version equals the sources byte for byte. Older bundles are left alone.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
export async function bundleEngine() {
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
export function engineVersion() {
  const source = readFileSync(join(root, 'src/domain/decision.ts'), 'utf8');
  const version = /^export const ENGINE_VERSION = (\d+);$/m.exec(source)?.[1];
  if (version === undefined) throw new Error('src/domain/decision.ts names no ENGINE_VERSION');
  return version;
}

async function run(command) {
  const file = `engines/${engineVersion()}.mjs`;
  const text = await bundleEngine();
  if (command === 'write') {
    mkdirSync(join(root, 'engines'), { recursive: true });
    writeFileSync(join(root, file), text);
    stdout.write(`${file} written, ${text.length} characters\n`);
    return 0;
  }
  if (readCommitted(file) === text) {
    stdout.write(`${file} equals the sources\n`);
    return 0;
  }
  stderr.write(
    `${file} differs from the sources: if every golden capsule stands, run\n` +
      '`npm run engine:write`; if behaviour must change, raise ENGINE_VERSION first\n',
  );
  return 1;
}

function readCommitted(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const command = argv[2];
  if (command !== 'write' && command !== 'check') {
    stderr.write('usage: bundle-engine.mjs write | check\n');
    exit(1);
  }
  exit(await run(command));
}
