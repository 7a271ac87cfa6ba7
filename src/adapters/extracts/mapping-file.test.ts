import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ENTITY_ORDER, fieldsOf } from '../../domain/entity-fields.ts';
import {
  ENCODINGS,
  NEGATIVE_FORMS,
  PLAIN_TRANSFORMS,
  ROUNDING_RULES,
} from '../../domain/mapping.ts';
import { loadMappingFile } from './mapping-file.ts';

const SEEDS = resolve(import.meta.dirname, '../../../seeds');

let folder = '';
let berka: Record<string, unknown> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapping-'));
  berka = JSON.parse(await readFile(join(SEEDS, 'berka/mapping.json'), 'utf8'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(text: string | Uint8Array) {
  const path = join(folder, 'mapping.json');
  await writeFile(path, text);
  return loadMappingFile(path);
}

describe('a mapping file', () => {
  test('as shipped for Berka fits the schema', async () => {
    const loaded = await loadMappingFile(join(SEEDS, 'berka/mapping.json'));
    expect(loaded).toMatchObject({ ok: true, value: { mapping: { name: 'berka' } } });
  });

  test.each<[string, object, string, string]>([
    ['an unknown member', { delimeter: ';' }, '', 'no member `delimeter`'],
    [
      'a path as a file name',
      { files: [{ name: '../secret', records: [] }] },
      '/files/0/name',
      'pattern',
    ],
    [
      'an absolute path',
      { files: [{ name: '/etc/passwd', records: [] }] },
      '/files/0/name',
      'pattern',
    ],
    [
      'an unknown encoding',
      { format: { encoding: 'base64' } },
      '/format/encoding',
      'must be one of',
    ],
    ['no files', { files: [] }, '/files', 'fewer than 1'],
  ])('with %s is refused there', async (_title, change, at, message) => {
    const loaded = await load(JSON.stringify({ ...berka, ...change }));
    if (loaded.ok) throw new Error('it was taken');
    expect(loaded.refusal).toContainEqual(
      expect.objectContaining({ at, message: expect.stringContaining(message) }),
    );
  });

  test('that gives a member twice is refused, for readers would differ', async () => {
    const loaded = await load('{"name": "a", "files": [], "name": "b"}');
    if (loaded.ok) throw new Error('it was taken');
    expect(loaded.refusal).toEqual([
      expect.objectContaining({
        code: 'REPEATED_KEY',
        message: expect.stringContaining('`name`'),
      }),
    ]);
  });

  test.each([
    ['half a letter', '{"name": "a\\ud800", "files": []}', 'NOT_TEXT', '/name', 'this text'],
    ['DEL in a name', '{"files": [{"\u007f": 1}]}', 'NOT_TEXT', '/files/0', 'a name here'],
    ['C1', '{"files": ["\u009b"]}', 'NOT_TEXT', '/files/0', 'this text'],
    [
      'a rounded number',
      '{"a": [17.99999999999999999999]}',
      'INEXACT_NUMBER',
      '/a/0',
      'write 18',
    ],
    ['a number that is lost', '{"a": 1e-400}', 'INEXACT_NUMBER', '/a', 'write 0'],
    ['too large a number', '{"a": 1e400}', 'INEXACT_NUMBER', '/a', 'write a smaller one'],
    [
      'a byte that is no UTF-8',
      Buffer.from('{"name":"\xff"}', 'latin1'),
      'NOT_UTF8',
      '',
      'UTF-8',
    ],
  ])('with %s is refused where it stands', async (_title, text, code, at, words) => {
    const message = expect.stringContaining(words);
    expect(await load(text)).toMatchObject({ refusal: [{ code, at, message }] });
  });

  test('that is a folder or a pipe is refused by its kind, and nobody waits', async () => {
    const pipe = join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    for (const [path, what] of [
      [pipe, 'a pipe'],
      [folder, 'a folder'],
      ['/dev/null', 'a device'],
    ] as const) {
      const message = `\`${path}\` is ${what}: name a file`;
      expect(await loadMappingFile(path)).toMatchObject({
        refusal: [{ code: 'NOT_A_FILE', message }],
      });
    }
  });

  test('that is no JSON, or not there, is refused', async () => {
    expect(await load('{')).toMatchObject({ refusal: [{ code: 'NOT_JSON' }] });
    const nowhere = await loadMappingFile(join(folder, 'nowhere.json'));
    expect(nowhere).toMatchObject({ refusal: [{ code: 'NO_FILE' }] });
  });
});

describe('the schema of mappings', () => {
  test('lists the entities, fields, encodings and transforms that there are', async () => {
    const schema = JSON.parse(await readFile(join(SEEDS, 'mapping.schema.json'), 'utf8'));
    const entities = ENTITY_ORDER.filter((entity) => entity !== 'coverage');
    const { record, format, transform } = schema.$defs;
    expect(record.properties.entity.enum.toSorted()).toEqual(entities.toSorted());
    for (const entity of entities) {
      const branch = record.allOf.find(
        (one: { if: { properties: { entity: { const: string } } } }) =>
          one.if.properties.entity.const === entity,
      );
      const { properties, required } = branch.then.properties.fields;
      const fields = fieldsOf(entity);
      expect(Object.keys(properties)).toEqual(fields.map(([name]) => name));
      const needed = fields.filter(([, spec]) => spec.required).map(([name]) => name);
      expect(required).toEqual(needed);
    }
    expect(format.properties.encoding.enum).toEqual(ENCODINGS);
    expect(transform.oneOf[0].enum).toEqual(PLAIN_TRANSFORMS);
    expect(format.properties.negatives.items.enum).toEqual(NEGATIVE_FORMS);
    const [, , , round] = transform.oneOf;
    expect(round.properties.round.properties.rule.enum).toEqual(ROUNDING_RULES);
  });
});
