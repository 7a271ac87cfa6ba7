import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import {
  codeBlocks,
  type NamedCommand,
  namedCommands,
  namedPaths,
  namedScripts,
} from './support/document-words.ts';
import { CHECKOUT } from './support/source-tree.ts';

const read = (path: string) => readFileSync(join(CHECKOUT, path), 'utf8');
const RECORDS = readdirSync(join(CHECKOUT, 'docs/adr')).map((file) => `docs/adr/${file}`);
const GUIDES = readdirSync(join(CHECKOUT, 'docs/guides')).map((file) => `docs/guides/${file}`);
const FIRST = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const DOCUMENTS = [...FIRST, ...GUIDES, 'rules/README.md', ...RECORDS];

/** What `nextbest <words> --help` prints: the real command line, not a copy of it. */
async function helpOf(words: readonly string[]): Promise<string> {
  const script = join(CHECKOUT, 'src/main/nextbest.ts');
  const { stdout } = await promisify(execFile)(execPath, [script, ...words, '--help']);
  return stdout;
}

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);

  test('names only paths that exist', () => {
    const missing = namedPaths(text).filter(
      (path) =>
        !existsSync(join(CHECKOUT, path)) && !existsSync(join(CHECKOUT, dirname(document), path)),
    );
    expect(missing).toEqual([]);
  });

  test('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const missing = namedScripts(text).filter((name) => !Object.hasOwn(scripts, name));
    expect(missing).toEqual([]);
  });

  test('has fewer than 300 lines', () => {
    expect(text.split('\n').length).toBeLessThan(300);
  });
});

describe('the README', () => {
  const text = read('README.md');

  test('is read in one sitting', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  test('names paths, scripts and commands at all, and every guide', () => {
    expect(namedPaths(text)).toEqual(expect.arrayContaining(GUIDES));
    expect(namedScripts(text)).toEqual(expect.arrayContaining(['start', 'test']));
    expect(namedCommands(text).length).toBeGreaterThan(4);
  });
});

describe('the guides', () => {
  const text = GUIDES.map(read).join('\n');

  test('names only commands and options that the command line knows', async () => {
    const documents = ['README.md', 'CONTRIBUTING.md', ...GUIDES, ...RECORDS]
      .map(read)
      .join('\n');
    const named = namedCommands(documents);
    const unknown = await Promise.all(named.map(unknownIn));
    expect(unknown.flat()).toEqual([]);
  }, 60_000);

  test('list every command', async () => {
    const help = await helpOf([]);
    const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
    const listed = [...text.matchAll(/^\| (.+?) \|/gm)].map(([, cell]) => cell ?? '').join(' ');
    expect(commands.length).toBeGreaterThan(8);
    for (const name of commands) {
      if (name !== 'help') expect(listed).toContain(`\`${name}`);
    }
  });

  test('list every setting, and no other', () => {
    const settings = [...read('src/main/config.ts').matchAll(/^ {2}([A-Z_]+): /gm)];
    const listed = text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([A-Z_]+)`/g)]);
    const names = (found: readonly RegExpMatchArray[]) =>
      found.map(([, name]) => name ?? '').toSorted();
    expect(names(listed)).toEqual(names(settings));
    expect(listed.length).toBeGreaterThan(5);
  });

  test('ask only what the contract answers, and so does the README', () => {
    const schema = buildSchema(read('schema.graphql'));
    const queries = codeBlocks(`${read('README.md')}\n${text}`, 'graphql');
    expect(queries.length).toBeGreaterThan(1);
    for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
  });
});

describe('the records of decisions', () => {
  test.each(RECORDS)('%s says context, decision, consequences, alternatives, figures', (path) => {
    const heads = [...read(path).matchAll(/^\*\*([A-Z][a-z]+)\.\*\*/gm)].map(([, head]) => head);
    expect(heads).toEqual(['Context', 'Decision', 'Consequences', 'Alternatives', 'Figures']);
  });

  test('are each named by the architecture', () => {
    expect(RECORDS.length).toBeGreaterThan(5);
    for (const path of RECORDS) expect(read('ARCHITECTURE.md')).toContain(path);
  });
});

describe('what a document names', () => {
  test.each<[string, string, readonly string[]]>([
    ['a path in backticks', 'see `src/gone.ts`', ['src/gone.ts']],
    ['a folder', 'in `test/gone`, or', ['test/gone']],
    ['the target of a link', '[here](docs/gone.md#part)', ['docs/gone.md']],
    ['a path with a line', '```\nrules/gone.json:15 /a\n```', ['rules/gone.json']],
    [
      'a path in a command',
      '`node scripts/launch.mjs bench/gone.ts`',
      ['scripts/launch.mjs', 'bench/gone.ts'],
    ],
    ['no address, no pattern', '[x](https://a.b/src/c.ts) `rules/<set>/a.json`', []],
  ])('%s', (_, text, paths) => {
    expect(namedPaths(text)).toEqual(paths);
  });

  test('commands with their words and options', () => {
    const text = '`npx nextbest release build --actor lea` and npx nextbest import --mapping a b';
    expect(namedCommands(text)).toEqual([
      { words: ['release', 'build'], options: ['--actor'] },
      { words: ['import'], options: ['--mapping'] },
    ]);
  });

  test('an option that a command lacks', async () => {
    expect(await unknownIn({ words: ['facts'], options: ['--gone'] })).toEqual(['facts --gone']);
    expect(await unknownIn({ words: ['gone'], options: [] })).toEqual(['gone']);
  });
});

async function unknownIn({ words, options }: NamedCommand): Promise<readonly string[]> {
  const name = words.join(' ');
  const help = await helpOf(words).catch(() => '');
  if (!help.includes(`Usage: nextbest ${name}`)) return [name];
  return options.filter((one) => !help.includes(`${one} `)).map((one) => `${name} ${one}`);
}
