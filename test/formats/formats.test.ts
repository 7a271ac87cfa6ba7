import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { exportDocument } from '../../src/app/learning/exchanging/exchange-forest.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { ENGINE_VERSION } from '../../src/domain/decision.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { FOREST_EXPORT_FORMAT } from '../../src/domain/forest-export.ts';
import { SNAPSHOT_FORMAT } from '../../src/domain/snapshot.ts';
import { decide } from '../../src/engine/decide.ts';
import { loadRelease } from '../../src/engine/load-release.ts';
import { encodeForest, FOREST_FORMAT } from '../../src/engine/propensity/stored/forest-bytes.ts';
import { smallInput } from '../support/small-input.ts';
import { CAPSULE_SAMPLES, LIVE_SAMPLE } from './capsule-sample.ts';
import { FOREIGN_SAMPLE, FOREST_SAMPLE } from './forest-sample.ts';
import { differences, type Pin, pinOf, withLater } from './pinned-form.ts';
import { ENTRY_SAMPLE, RELEASE_SAMPLE } from './release-sample.ts';
import { SNAPSHOT_SAMPLES } from './snapshot-sample.ts';

/** A stored form: what its version is, and samples that fill every member of it. */
interface Form {
  readonly version: number;
  readonly constant: string;
  readonly samples: readonly unknown[];
  /** Optional members may come later, where the engine of the version does not read them. */
  readonly mayGrow: boolean;
}

const ENGINE = '`ENGINE_VERSION` in src/domain/decision.ts';

const FORMS: { readonly [name: string]: Form } = {
  capsule: {
    version: ENGINE_VERSION,
    constant: ENGINE,
    samples: CAPSULE_SAMPLES,
    mayGrow: true,
  },
  release: {
    version: ENGINE_VERSION,
    constant: ENGINE,
    samples: [RELEASE_SAMPLE],
    mayGrow: true,
  },
  snapshot: {
    version: SNAPSHOT_FORMAT,
    constant: '`SNAPSHOT_FORMAT` in src/domain/snapshot.ts',
    samples: SNAPSHOT_SAMPLES,
    mayGrow: false,
  },
  forestExport: {
    version: FOREST_EXPORT_FORMAT,
    constant: '`FOREST_EXPORT_FORMAT` in src/domain/forest-export.ts',
    samples: [FOREST_SAMPLE, FOREIGN_SAMPLE].map((forest) =>
      exportDocument({ entry: ENTRY_SAMPLE, forest }),
    ),
    mayGrow: false,
  },
  forestBytes: {
    version: FOREST_FORMAT,
    constant: '`FOREST_FORMAT` in src/engine/propensity/stored/forest-bytes.ts',
    samples: [FOREST_SAMPLE, FOREIGN_SAMPLE].map((forest) =>
      Buffer.from(encodeForest(forest)).toString('hex'),
    ),
    mayGrow: false,
  },
};

type Pins = { readonly [form: string]: { readonly [version: string]: Pin } };

const FILE = join(import.meta.dirname, 'pins.json');

function readPins(): Pins {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Pins;
}

/**
 * Deliberate: `UPDATE_FORMATS=1` pins the form of a version that has no pin yet, and lets one that
 * has a pin grow by optional members. It never writes over what is pinned.
 */
function writePins(): void {
  const pins = Object.entries(FORMS).map(([name, { version, samples, mayGrow }]) => {
    const before = readPins()[name] ?? {};
    const now = pinOf(samples);
    const own = before[version];
    if (own === undefined) return [name, { ...before, [version]: now }] as const;
    const grows = mayGrow && differences(own, now).length > 0;
    return [name, { ...before, [version]: grows ? withLater(own, now) : own }] as const;
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(pins), null, 2)}\n`);
}

if (env.UPDATE_FORMATS === '1') writePins();

/** What is wrong with a form, and what to do about it; undefined where it is as pinned. */
function faultOf(name: string, form: Form, pins: Pins): string | undefined {
  const pin = pins[name]?.[form.version];
  const found = pin === undefined ? ['no form is pinned'] : differences(pin, pinOf(form.samples));
  if (found.length === 0) return undefined;
  const raise =
    pin === undefined ? 'The version was raised' : `Raise ${form.constant}, and read ADR 0012`;
  const grow = form.mayGrow
    ? 'A member that is optional and that the engine does not read needs no new version.'
    : 'What was stored in the old form must stay readable.';
  return [
    `${name} ${form.version} is not what is pinned:`,
    ...found.map((line) => `  ${line}`),
    `${raise}. ${grow}`,
    'Then `UPDATE_FORMATS=1 npm test -- test/formats` pins the form: read the difference.',
  ].join('\n');
}

describe('a stored form', () => {
  test.each(Object.keys(FORMS))('%s is what its version pins', (name) => {
    const form = FORMS[name];
    expect(form && faultOf(name, form, readPins())).toBeUndefined();
  });

  test('is pinned for every version that there ever was since forms are pinned', () => {
    for (const [name, { version }] of Object.entries(FORMS)) {
      const versions = Object.keys(readPins()[name] ?? {}).map(Number);
      const first = Math.min(...versions);
      expect(versions.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: version - first + 1 }, (_, n) => first + n),
      );
    }
  });

  const capsule = { mayGrow: true, version: 2, constant: '`ENGINE_VERSION`' };
  const pins = { capsule: { 2: pinOf([{ a: 1, of: [{ b: 'x' }] }]) } };
  test.each<[string, object, string]>([
    ['with a member more', { a: 1, of: [{ b: 'x', c: true }] }, 'of[].c is new (boolean)'],
    ['with a member less', { a: 1, of: [{}] }, 'of[].b is gone'],
    ['with a member renamed', { a: 1, of: [{ d: 'x' }] }, 'of[].b is gone'],
    ['with a member of another type', { a: '1', of: [{ b: 'x' }] }, 'a was number and is string'],
    ['written otherwise', { a: 2, of: [{ b: 'x' }] }, 'another canonical text'],
  ])('%s is found, and it is said what to do', (_, sample, fault) => {
    const found = faultOf('capsule', { ...capsule, samples: [sample] }, pins);
    expect(found).toContain(fault);
    expect(found).toContain('Raise `ENGINE_VERSION`');
  });

  test('of a version that nobody pinned is found', () => {
    const found = faultOf('capsule', { ...capsule, version: 3, samples: [{ a: 1 }] }, pins);
    expect(found).toContain('no form is pinned');
  });

  test('may grow by members that came later, and changes in nothing else', () => {
    const grown = pinOf([{ a: 1, of: [{ b: 'x' }], more: { c: true } }]);
    const pin = withLater(pins.capsule[2], grown);
    expect(pin.later).toEqual({ more: 'object', 'more.c': 'boolean' });
    expect(differences(pin, grown)).toEqual([]);
    expect(() => withLater(pin, pinOf([{ a: 1, of: [{}] }]))).toThrow('takes a new version');
  });
});

/** What an archived engine exports. */
interface Engine {
  readonly loadRelease: typeof loadRelease;
  readonly decide: typeof decide;
}

// INVARIANT: the bundle of this version knows no member that came later. Where the sources read
// one, they decide the samples otherwise, and the version must be raised.
test('the archived engine decides on full samples as the sources do', async () => {
  const file = join(import.meta.dirname, `../../engines/${ENGINE_VERSION}.mjs`);
  const archived = (await import(pathToFileURL(file).href)) as Engine;
  const bytes = encodeForest(FOREST_SAMPLE);
  const decisions = [{ loadRelease, decide }, archived].map((engine) => {
    const forests = new Map([[ENTRY_SAMPLE.digest, bytes]]);
    const release = engine.loadRelease(RELEASE_SAMPLE, digestOf(RELEASE_SAMPLE), forests);
    return canonicalText(engine.decide(smallInput(LIVE_SAMPLE), release));
  });
  expect(decisions[1]).toBe(decisions[0]);
  expect(decisions[0]).toContain('"outcome":"SURFACED"');
  expect(decisions[0]).toContain('"actionId":"loan"');
});
