import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import type { Source } from './tidy-rules.ts';

/** The root of the checkout. */
export const CHECKOUT = resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', '.git', '.nextbest', 'coverage', 'dist']);
const TEXT = /(\.(ts|tsx|mjs|cjs|js|json|md|sql|graphql|yml|yaml|css|html)|\/run|\.npmrc)$/;
const STRING = /'([^'\n]+\.(?:ts|mjs))'|"([^"\n]+\.(?:ts|mjs))"|`([^`$\n]+\.(?:ts|mjs))`/g;

/** Every text file of ours, the lockfile and what is generated left out. */
export function textFiles(): readonly Source[] {
  return walk(CHECKOUT).filter(({ path }) => !/package-lock\.json$|\/generated\//.test(path));
}

/** Every source file of ours. */
export function sourceFiles(): readonly Source[] {
  return textFiles().filter(({ path }) => /\.(ts|mjs)$/.test(path) && !/^engines\//.test(path));
}

/**
 * The source files that nothing reaches. Every mention of a file by its path counts, since
 * workers and scripts are named in strings; a file's own unit test does not.
 */
export function deadFiles(sources: readonly Source[], manifest: string): readonly string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const open = sources.map(({ path }) => path).filter((path) => isEntry(path, manifest));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const source = byPath.get(path);
    if (source !== undefined) open.push(...mentions(source).filter((to) => byPath.has(to)));
  }
  return sources.map(({ path }) => path).filter((path) => !reached.has(path));
}

/** What is started from outside: by npm, by a tool, by Jest, by the ORM or by hand. */
function isEntry(path: string, manifest: string): boolean {
  return (
    !path.includes('/') ||
    manifest.includes(path) ||
    path.endsWith('.test.ts') ||
    /^(migrations|bench|\.ci)\//.test(path) ||
    /^test\/support\/global-/.test(path)
  );
}

function mentions({ path, text }: Source): readonly string[] {
  const own = path.replace(/\.test\.ts$/, '.ts');
  const found = [...text.matchAll(STRING)].flatMap(([, a, b, c]) => {
    const named = a ?? b ?? c ?? '';
    return [posix.join(posix.dirname(path), named), named];
  });
  return found.filter((to) => to !== own);
}

function walk(folder: string): readonly Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(full);
    const path = relative(CHECKOUT, full).split(sep).join('/');
    return TEXT.test(`/${path}`) ? [{ path, text: readFileSync(full, 'utf8') }] : [];
  });
}
