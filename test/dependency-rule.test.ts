import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CHECKOUT } from './support/source-tree.ts';

/** A small tree that breaks every rule once; each row is a file and what it imports. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'src/domain/money.ts': ['../engine/decide.ts', 'node:fs'],
  'src/engine/decide.ts': ['./rules/evaluate.ts', '../app/decisions/decide-now.ts'],
  'src/engine/shared.ts': ['./rules/evaluate.ts'],
  'src/engine/rules/evaluate.ts': ['../contact/cap.ts'],
  'src/engine/contact/cap.ts': ['json-rules-engine', 'ml-random-forest'],
  'src/engine/shelf.ts': ['../laboratory/train.ts'],
  'src/laboratory/train.ts': ['../app/decisions/decide-now.ts', 'node:fs'],
  'src/app/ports/clock.ts': ['../decisions/decide-now.ts'],
  'src/app/decisions/decide-now.ts': [
    '../../adapters/postgres/store.ts',
    '@modelcontextprotocol/server',
  ],
  'src/adapters/postgres/store.ts': ['../streams/send.ts', '../../app/decisions/decide-now.ts'],
  'src/adapters/streams/send.ts': ['@mikro-orm/core', 'pg'],
  'src/graphql/server.ts': ['../cli/nextbest.ts', '../main/compose.ts', 'fast-check'],
  'src/mcp/door.ts': ['../graphql/server.ts', '../adapters/postgres/store.ts'],
  'src/cli/nextbest.ts': ['../adapters/postgres/store.ts', '../missing.ts'],
  'src/main/compose.ts': ['../../test/support/fake.ts'],
  'test/support/fake.ts': [],
  'migrations/first.ts': ['../src/domain/money.ts'],
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nextbest-rings-'));
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'junction');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the dependency rule', () => {
  test('reads this tree and finds no violation', () => {
    const { status, output } = gate(CHECKOUT);
    expect(output).toMatch(/(^|\n)[1-9]\d* modules, 0 violations\n$/);
    expect(status).toBe(0);
  });

  test('fails on a tree in which it reads nothing', () => {
    expect(gate(folder)).toEqual({ status: 1, output: '0 modules, 0 violations\n' });
  });

  test('catches each planted violation', () => {
    for (const [file, imports] of Object.entries(PLANTED)) plant(file, imports);
    const { status, output } = gate(folder);
    expect(status).toBe(1);
    const expected = [
      'ring-domain: src/domain/money.ts -> src/engine/decide.ts',
      'pure-rings-have-no-world: src/domain/money.ts -> fs',
      'ring-engine: src/engine/decide.ts -> src/app/decisions/decide-now.ts',
      'only-composers-compose: src/engine/shared.ts -> src/engine/rules/evaluate.ts',
      'engine-parts-are-strangers: src/engine/rules/evaluate.ts -> src/engine/contact/cap.ts',
      'home-of-json-rules-engine: src/engine/contact/cap.ts',
      'home-of-ml-random-forest: src/engine/contact/cap.ts',
      'ring-engine: src/engine/shelf.ts -> src/laboratory/train.ts',
      'ring-laboratory: src/laboratory/train.ts -> src/app/decisions/decide-now.ts',
      'pure-rings-have-no-world: src/laboratory/train.ts -> fs',
      'ring-ports: src/app/ports/clock.ts -> src/app/decisions/decide-now.ts',
      'ring-app: src/app/decisions/decide-now.ts -> src/adapters/postgres/store.ts',
      'ring-adapters: src/adapters/postgres/store.ts -> src/adapters/streams/send.ts',
      'ring-adapters: src/adapters/postgres/store.ts -> src/app/decisions/decide-now.ts',
      'home-of-mikro-orm: src/adapters/streams/send.ts',
      'home-of-postgres-drivers: src/adapters/streams/send.ts',
      'ring-graphql: src/graphql/server.ts -> src/cli/nextbest.ts',
      'nothing-sees-main: src/graphql/server.ts -> src/main/compose.ts',
      'no-dev-in-src: src/graphql/server.ts',
      'ring-mcp: src/mcp/door.ts -> src/graphql/server.ts',
      'ring-mcp: src/mcp/door.ts -> src/adapters/postgres/store.ts',
      'home-of-mcp: src/app/decisions/decide-now.ts',
      'ring-cli: src/cli/nextbest.ts -> src/adapters/postgres/store.ts',
      'no-unresolvable: src/cli/nextbest.ts -> ../missing.ts',
      'nothing-imports-tests: src/main/compose.ts -> test/support/fake.ts',
      'ring-migrations: migrations/first.ts -> src/domain/money.ts',
      'no-circular: ',
    ];
    expect(expected.filter((violation) => !output.includes(violation))).toEqual([]);
  });
});

function plant(file: string, imports: readonly string[]): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  const lines = imports.map((from, index) => `import * as a${index} from '${from}';\n`);
  const names = imports.map((_, index) => `a${index}`).join(', ');
  writeFileSync(path, `${lines.join('')}export const all = [${names}];\n`);
  if (!file.startsWith('src/')) return;
  writeFileSync(join(folder, 'package.json'), PLANTED_MANIFEST);
}

const PLANTED_MANIFEST = JSON.stringify({
  name: 'planted',
  type: 'module',
  dependencies: { pg: '*', 'json-rules-engine': '*' },
  devDependencies: { 'fast-check': '*' },
});

function gate(root: string): { readonly status: number | null; readonly output: string } {
  const script = join(CHECKOUT, 'scripts', 'check-deps.mjs');
  const { status, stdout } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, output: stdout };
}
