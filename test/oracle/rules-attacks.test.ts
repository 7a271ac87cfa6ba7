import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { readJsonFile } from '../../src/adapters/rule-files/json-file.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import type { RuleReadingContext } from '../../src/domain/rule.ts';
import { readNamedConditions } from '../../src/engine/rules/read-conditions.ts';
import { readRule } from '../../src/engine/rules/read-rule.ts';
import { describeWithShared } from '../support/shared-data.ts';

interface Attack {
  readonly id: string;
  readonly rule?: { readonly conditions: unknown; readonly priority?: number };
  readonly raw?: string;
  readonly generate?: {
    readonly nest?: 'all';
    readonly depth?: number;
    readonly wide?: number;
    readonly pad_bytes?: number;
  };
  readonly values?: readonly string[];
}

const declared = (name: string, type: FactDeclaration['type']): FactDeclaration => ({
  name,
  type,
  description: 'a fact that attacks name',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: ['eligibility'],
  ...(type === 'integer' ? { unit: 'count' } : {}),
});

/**
 * The facts that attacks name exist, so that it is the attack that is refused and no typing
 * error.
 */
const CONTEXT: RuleReadingContext = {
  facts: [
    declared('a', 'integer'),
    declared('customer', 'integer'),
    declared('consent', 'boolean'),
  ],
  reportingCurrency: 'EUR',
  namedConditions: {},
};

const RIGHT = {
  id: 'right-rule',
  kind: 'eligibility',
  appliesTo: {},
  reason: { code: 'RIGHT', text: 'a right rule' },
  conditions: { all: [{ fact: 'a', operator: 'equal', value: 1 }] },
  owner: 'tests',
};

const LEAF = { fact: 'a', operator: 'equal', value: 1 };

/** The hostile texts of one attack, as files: as it came, and grafted into a right rule. */
function textsOf(attack: Attack): readonly string[] {
  const { rule, raw, generate, values } = attack;
  if (raw !== undefined)
    return [raw, raw.replace(/^\{/, `{${JSON.stringify(RIGHT).slice(1, -1)},`)];
  if (rule !== undefined) {
    const { event: _, ...members } = { event: null, ...rule };
    return [JSON.stringify(rule), JSON.stringify({ ...RIGHT, ...members })];
  }
  if (generate !== undefined) return [JSON.stringify(RIGHT).replace('[', opened(generate))];
  return (values ?? []).flatMap((value) =>
    ['matches', 'regex', 'equal', 'in'].map((operator) => {
      const conditions = { all: [{ fact: 'a', operator, value }] };
      return JSON.stringify({ ...RIGHT, conditions });
    }),
  );
}

function opened({ depth = 0, wide = 0, pad_bytes = 0 }: NonNullable<Attack['generate']>): string {
  const leaf = JSON.stringify(LEAF);
  if (depth > 0) return `[${'{"all":['.repeat(depth)}${leaf}${']}'.repeat(depth)},`;
  return `[${`${leaf},`.repeat(wide)}${' '.repeat(pad_bytes)}`;
}

/** Runs a text through the same reading as a rule file; the codes of what was wrong. */
async function refusalsOf(text: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nextbest-attack-'));
  try {
    const path = join(folder, 'right-rule.json');
    writeFileSync(path, text);
    const codes: string[] = [];
    const file = await readJsonFile(path, ({ code }) => codes.push(code));
    const read = file === undefined ? undefined : readRule(file.value, CONTEXT);
    expect(read?.rule === undefined || codes.length === 0).toBe(true);
    return [...codes, ...(read?.problems ?? []).map(({ code }) => code)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What hostile rules try to leave behind. */
function marks(): readonly unknown[] {
  return [
    Reflect.get(globalThis, 'RULE_CORPUS_MARK'),
    Reflect.get({}, 'polluted'),
    Reflect.get([], 'polluted'),
  ];
}

describeWithShared('hostile rules', ['corpora/rules-attacks/rules.json'], (path) => {
  const { cases }: { cases: readonly Attack[] } = JSON.parse(readFileSync(path, 'utf8'));

  afterEach(() => expect(marks()).toEqual([undefined, undefined, undefined]));

  test('there are 85, and the rule they are grafted into is right', async () => {
    expect(cases).toHaveLength(85);
    expect(await refusalsOf(JSON.stringify(RIGHT))).toEqual([]);
  });

  test.each(cases.map((attack) => [attack.id, attack] as const))(
    'is refused without running code: %s',
    async (_id, attack) => {
      const texts = textsOf(attack);
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) {
        const before = performance.now();
        expect(await refusalsOf(text)).not.toEqual([]);
        expect(performance.now() - before).toBeLessThan(1000);
      }
    },
  );

  test('a named condition that names itself is refused', () => {
    const { problems } = readNamedConditions({ self: { condition: 'self' } }, CONTEXT);
    expect(problems.map(({ code }) => code)).toEqual(['CYCLE']);
  });
});
