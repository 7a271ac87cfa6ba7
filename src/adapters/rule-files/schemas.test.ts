import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { SMALL_RULE_SET } from '../../../test/support/small-rule-set.ts';

const FOLDER = join(import.meta.dirname, '../../../rules');

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false });
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.schema.json'));
for (const name of names) ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

const schemaFor = (file: string) => {
  if (file.endsWith('.cases.json')) return 'cases.schema.json';
  if (file.startsWith('rules/')) return 'rule.schema.json';
  return `${file.replace(/\/.*|\.json$/g, '')}.schema.json`;
};

describe('the schemas that editors read', () => {
  test.each(Object.entries(SMALL_RULE_SET))(
    'accept what the loader accepts: %s',
    (file, content) => {
      const validate = ajv.getSchema(schemaFor(file));
      expect(validate).toBeDefined();
      validate?.(content);
      expect(validate?.errors ?? []).toEqual([]);
    },
  );

  test.each([
    ['an empty list', { all: [] }],
    ['two in one', { any: [{ condition: 'a' }], all: [{ condition: 'a' }] }],
    ['a bare comparison', { fact: 'a.b', operator: 'equal', value: 1 }],
    ['a path', { all: [{ fact: 'a.b', operator: 'equal', value: 1, path: '$' }] }],
    ['an unknown operator', { all: [{ fact: 'a.b', operator: 'matches', value: 'a' }] }],
  ])('refuse in a rule what its reader refuses: %s', (_title, conditions) => {
    const rule = { ...SMALL_RULE_SET['rules/minimum-age.json'], conditions };
    expect(ajv.validate('rule.schema.json', rule)).toBe(false);
  });

  test('explain every member of every object', () => {
    const bare: string[] = [];
    const walk = (schema: unknown, at: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, inner] of Object.entries(schema)) {
        walk(inner, `${at}/${key}`);
        if (key !== 'properties' || /\/(if|then|else|not)$/.test(at)) continue;
        for (const [member, value] of Object.entries(Object(inner)))
          if (!evidence(value)) bare.push(`${at}/${member}`);
      }
    };
    for (const name of names) walk(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')), name);
    expect(bare).toEqual([]);
  });
});

/** A description of its own, or that of what it refers to. */
function evidence(schema: unknown): boolean {
  return (
    typeof schema === 'object' && schema !== null && ('description' in schema || '$ref' in schema)
  );
}
