import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { canonicalText } from '../../src/domain/canonical.ts';
import { type DecisionInput, ENGINE_VERSION } from '../../src/domain/decision.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { decide } from '../../src/engine/decide.ts';
import { loadRelease } from '../../src/engine/load-release.ts';
import { SMALL_FORESTS } from '../support/small-release.ts';
import { GOLDEN_CASES, goldenBody } from './golden-cases.ts';
import {
  folderOf,
  type Golden,
  goldenFiles,
  goldenVersions,
  readGolden,
  readRelease,
} from './golden-files.ts';

/** What every archived engine exports. */
interface Engine {
  readonly loadRelease: typeof loadRelease;
  readonly decide: typeof decide;
}

const SOURCE: Engine = { loadRelease, decide };

async function archived(version: number): Promise<Engine> {
  const file = join(import.meta.dirname, `../../engines/${version}.mjs`);
  return (await import(pathToFileURL(file).href)) as Engine;
}

/** The cases that an engine is held to: its own, and those of all engines before it. */
function casesOf(version: number): readonly (readonly [string, DecisionInput])[] {
  return Object.entries(GOLDEN_CASES)
    .filter(([since]) => Number(since) <= version)
    .flatMap(([, cases]) => Object.entries(cases));
}

/** What is known, with a member in every object that no engine so far has heard of. */
function withMoreMembers<T>(known: T): T {
  if (Array.isArray(known)) return known.map(withMoreMembers) as T;
  if (typeof known !== 'object' || known === null) return known;
  const more = Object.entries(known).map(([name, member]) => [name, withMoreMembers(member)]);
  return { ...Object.fromEntries(more), comesLater: { since: 'some day' } };
}

/** As people read it: members in canonical order, one a line. */
function prettyText(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalText(value)), null, 2)}\n`;
}

/** Deliberate: `UPDATE_GOLDEN=1` writes what the sources decide as what must be decided. */
function writeGolden(): void {
  const folder = folderOf(ENGINE_VERSION);
  mkdirSync(folder, { recursive: true });
  const body = goldenBody();
  writeFileSync(join(folder, 'release.json'), prettyText(body));
  for (const entry of body.forests) {
    writeFileSync(
      join(folder, `${entry.id}.forest`),
      SMALL_FORESTS.get(entry.digest) ?? new Uint8Array(0),
    );
  }
  const release = loadRelease(body, digestOf(body), SMALL_FORESTS);
  for (const [name, input] of casesOf(ENGINE_VERSION)) {
    const golden: Golden = { input, decision: decide(input, release) };
    writeFileSync(join(folder, `${name}.golden.json`), prettyText(golden));
  }
}

if (env.UPDATE_GOLDEN === '1') writeGolden();

const versions = goldenVersions();
const engines = versions.flatMap((version) => {
  const bundle = [`engines/${version}.mjs`, version, () => archived(version)] as const;
  const source = ['the sources', version, () => Promise.resolve(SOURCE)] as const;
  return version === ENGINE_VERSION ? [source, bundle] : [bundle];
});

test('the engine that the sources are has golden capsules', () => {
  expect(versions).toContain(ENGINE_VERSION);
});

describe.each(engines)('by %s, golden capsules of version %i', (_, version, engineOf) => {
  const files = goldenFiles(version);

  test('are there for every case', () => {
    const cases = casesOf(version).map(([name]) => `${name}.golden.json`);
    expect(files.toSorted()).toEqual(cases.toSorted());
  });

  test.each(files)('%s comes out as it was decided, in its canonical text', async (file) => {
    const engine = await engineOf();
    const { body, forests } = readRelease(version);
    const release = engine.loadRelease(body, digestOf(body), forests);
    const golden = readGolden(version, file);
    const { input } = golden;
    expect(canonicalText({ input, decision: engine.decide(input, release) })).toBe(
      canonicalText(golden),
    );
  });

  // INVARIANT: what is stored for others to read may grow without a new engine.
  test.each(files)('%s comes out the same with members that are not known', async (file) => {
    const engine = await engineOf();
    const { body, forests } = readRelease(version);
    const { input, decision } = readGolden(version, file);
    const { live, snapshot } = input;
    const more = { live: withMoreMembers(live), snapshot: withMoreMembers(snapshot) };
    const release = engine.loadRelease(body, digestOf(body), forests);
    const grown = engine.decide({ ...input, ...more }, release);
    expect(canonicalText(grown)).toBe(canonicalText(decision));
    const wider = withMoreMembers(body);
    const { releaseDigest, ...rest } = decision;
    const under = engine.decide(input, engine.loadRelease(wider, digestOf(wider), forests));
    expect(canonicalText(under)).toBe(
      canonicalText({ ...rest, releaseDigest: digestOf(wider) }),
    );
    expect(releaseDigest).not.toBe(digestOf(wider));
  });

  test.each([...files, 'release.json'])('%s is laid out to be read', (file) => {
    const text = readFileSync(join(folderOf(version), file), 'utf8');
    expect(text).toBe(prettyText(JSON.parse(text)));
  });
});
