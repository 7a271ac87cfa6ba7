import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readJson } from '../../src/adapters/rule-files/read-json.ts';
import { decodeUtf8 } from '../../src/domain/utf8.ts';
import { describeWithShared } from '../support/shared-data.ts';

/** Undefined where bytes are no UTF-8, begin with a mark, or are refused by the reader. */
function read(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined || text.startsWith('\ufeff')) return undefined;
  try {
    return readJson(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'JsonRefusal' });
    return undefined;
  }
}

/** JSON by RFC 8259, but not a document that a careful analyst would write. */
const OURS = [
  'y_object_duplicated_key.json',
  'y_object_duplicated_key_and_value.json',
  'y_object_escaped_null_in_key.json',
  'y_string_allowed_escapes.json',
  'y_string_escaped_control_character.json',
  'y_string_null_escape.json',
  'y_string_unescaped_char_delete.json',
  'y_string_with_del_character.json',
];

describeWithShared('JSONTestSuite', ['corpora/JSONTestSuite/test_parsing'], (folder) => {
  const files = () => readdirSync(folder).map((name) => ({ name, path: join(folder, name) }));

  test('every file that is no JSON is refused', () => {
    const bad = files().filter(({ name }) => name.startsWith('n_'));
    expect(bad.length).toBeGreaterThan(180);
    const taken = bad.filter(({ path }) => read(readFileSync(path)) !== undefined);
    expect(taken.map(({ name }) => name)).toEqual([]);
  });

  test('every file that is JSON is read as the platform does, save for a few of ours', () => {
    const good = files().filter(({ name }) => name.startsWith('y_'));
    expect(good.length).toBeGreaterThan(90);
    for (const { name, path } of good) {
      const bytes = readFileSync(path);
      const found = read(bytes);
      if (OURS.includes(name)) expect([name, found]).toEqual([name, undefined]);
      else expect([name, found?.value]).toEqual([name, JSON.parse(bytes.toString('utf8'))]);
    }
  });

  test('what is left open is refused or read as the platform reads it', () => {
    const open = files().filter(({ name }) => name.startsWith('i_'));
    expect(open.length).toBeGreaterThan(30);
    for (const { name, path } of open) {
      const bytes = readFileSync(path);
      const found = read(bytes);
      if (found === undefined) continue;
      expect([name, found.value]).toEqual([name, JSON.parse(bytes.toString('utf8'))]);
    }
  });
});
