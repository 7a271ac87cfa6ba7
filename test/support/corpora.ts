import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { sharedData } from './shared-path.ts';

/** One hostile input, as bytes: whatever door it is offered to. */
export interface HostileCase {
  readonly id: string;
  readonly bytes: Buffer;
  /** True where it is no JSON, so that no door that reads JSON may take it. */
  readonly isNoJson?: boolean;
}

export interface Corpus {
  readonly name: string;
  readonly cases: readonly HostileCase[];
}

/** How the cases of a corpus lie in its folder; every corpus of the shared data has an entry. */
const READERS: { readonly [name: string]: (folder: string) => readonly HostileCase[] } = {
  JSONTestSuite: (folder) =>
    filesIn(folder, /\.json$/).map((one) => {
      return { ...one, isNoJson: basename(one.id).startsWith('n_') };
    }),
  blns: (folder) => (jsonOf(join(folder, 'blns.json')) as readonly string[]).map(named),
  'jcs-rfc8785': (folder) => filesIn(folder, /\.(json|txt)$/),
  wycheproof: (folder) =>
    filesIn(join(folder, 'testvectors_v1'), /\.json$/).flatMap(({ id, bytes }) => {
      const { testGroups } = JSON.parse(bytes.toString('utf8')) as Vectors;
      const tests = testGroups.flatMap((group) => group.tests);
      return tests.map(({ tcId, jws, jwe, msg }) => {
        const text = jws ?? jwe ?? msg ?? '';
        return textCase(`${id} ${tcId}`, typeof text === 'string' ? text : JSON.stringify(text));
      });
    }),
  'merkle-rfc6962': (folder) => filesIn(folder, /\.json$/),
  'jsonpath-cts': (folder) =>
    (jsonOf(join(folder, 'cts.json')) as Selectors).tests.map(({ name, selector }) =>
      textCase(name, selector),
    ),
  payloadsallthethings: (folder) =>
    filesIn(folder, /./).flatMap(({ id, bytes }) => {
      if (!id.endsWith('.txt')) return [{ id, bytes }];
      const lines = bytes.toString('latin1').split('\n');
      return lines.map((line, n) => ({ id: `${id} ${n}`, bytes: Buffer.from(line, 'latin1') }));
    }),
  'graphql-attacks': (folder) => casesOf(folder, 'attacks'),
  'rules-attacks': (folder) => casesOf(folder, 'cases'),
  'jwt-attacks': (folder) => casesOf(folder, 'cases'),
  'xml-attacks': (folder) => casesOf(folder, 'cases'),
  'webhook-attacks': (folder) => casesOf(folder, 'cases'),
  'fairness-golden': (folder) => filesIn(folder, /\.json$/),
};

interface Vectors {
  readonly testGroups: readonly {
    readonly tests: readonly {
      readonly tcId: number;
      readonly jws?: unknown;
      readonly jwe?: unknown;
      readonly msg?: unknown;
    }[];
  }[];
}

interface Selectors {
  readonly tests: readonly { readonly name: string; readonly selector: string }[];
}

/** Every corpus that the manifest of the shared data names; undefined where there is none. */
export function readCorpora(): readonly Corpus[] | undefined {
  const manifest = sharedData('corpora/MANIFEST.json');
  if (manifest === undefined) return undefined;
  const entries = jsonOf(manifest) as readonly { readonly dir: string }[];
  return entries.map(({ dir }) => {
    const read = READERS[dir];
    if (read === undefined) throw new Error(`nobody reads the corpus ${dir}: add how it lies`);
    return { name: dir, cases: read(join(manifest, '..', dir)) };
  });
}

function filesIn(folder: string, names: RegExp): readonly HostileCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => names.test(path) && statSync(path).isFile() && basename(path) !== 'LICENSE')
    .toSorted()
    .map((path) => ({ id: relative(folder, path), bytes: readFileSync(path) }));
}

interface Attack {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** What an attack says as text: as it stands, made by its recipe, or itself as JSON. */
function casesOf(folder: string, list: string): readonly HostileCase[] {
  const [file] = filesIn(folder, /\.json$/);
  const content = JSON.parse(file?.bytes.toString('utf8') ?? '{}') as {
    readonly [list: string]: readonly Attack[];
  };
  return (content[list] ?? []).map((attack) => textCase(attack.id, textOf(attack)));
}

const PLAIN = ['body_raw', 'query', 'raw', 'raw_payload', 'xml'];
/** A recipe may ask for more than any door reads: then it is cut. */
const MOST_CHARACTERS = 2_000_000;

function textOf(attack: Attack): string {
  const plain = PLAIN.map((name) => attack[name]).find((one) => typeof one === 'string');
  if (typeof plain === 'string') return plain;
  const recipe = (attack['generate'] ?? attack['query_repeat']) as Recipe | undefined;
  if (recipe?.item !== undefined) return made(recipe);
  return JSON.stringify(attack['rule'] ?? attack);
}

interface Recipe {
  readonly prefix?: string;
  readonly item?: string;
  readonly n?: number;
  readonly mid?: string;
  readonly item2?: string;
  readonly n2?: number;
  readonly suffix?: string;
}

function made({ prefix = '', item = '', n = 0, mid = '', ...rest }: Recipe): string {
  const { item2 = '', n2 = 0, suffix = '' } = rest;
  return prefix + repeated(item, n) + mid + repeated(item2, n2) + suffix;
}

function repeated(item: string, count: number): string {
  const most = Math.min(count, Math.ceil(MOST_CHARACTERS / Math.max(1, item.length)));
  if (!item.includes('$i')) return item.repeat(most);
  return Array.from({ length: most }, (_, i) => item.replaceAll('$i', `${i}`)).join('');
}

function named(text: string, index: number): HostileCase {
  return textCase(String(index), text);
}

function textCase(id: string, text: string): HostileCase {
  return { id, bytes: Buffer.from(text, 'utf8') };
}

function jsonOf(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
