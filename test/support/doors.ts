import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFolders } from '../../src/adapters/extracts/extract-folder.ts';
import { loadMappingFile } from '../../src/adapters/extracts/mapping-file.ts';
import { readTable } from '../../src/adapters/extracts/table-file.ts';
import { readKeySet } from '../../src/adapters/identity/read-key-set.ts';
import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import { readJsonFile } from '../../src/adapters/rule-files/json-file.ts';
import { OUR_NOTATION, parseCell } from '../../src/app/intake/extracts/parse-cell.ts';
import { readForestDocument } from '../../src/cli/forest-card-file.ts';
import { isId, isText } from '../../src/domain/id.ts';
import type { RuleReadingContext } from '../../src/domain/rule.ts';
import { decodeUtf8 } from '../../src/domain/utf8.ts';
import { readRule } from '../../src/engine/rules/read-rule.ts';
import { readOperations } from '../../src/graphql/listed/read-operations.ts';
import type { HostileCase } from './corpora.ts';
import { CUSTOMER, createRig, NEXT, TYPE_DEFS } from './graphql-rig.ts';
import { makeSigningKey, movableClock, publishFile } from './test-issuer.ts';

/** Where something of outside comes in: `take` is true where it was taken. */
export interface Door {
  readonly name: string;
  readonly take: (offered: HostileCase) => Promise<boolean>;
  /** Whether it would be right to take it. */
  readonly mayTake: (offered: HostileCase) => boolean;
}

/** Every door, over fakes where it needs a service; close them when done. */
export async function openDoors(): Promise<{
  readonly doors: readonly Door[];
  readonly close: () => Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'doors-'));
  const rig = await createRig();
  const tokens = await tokenDoors();
  const close = async () => {
    await rig.app.close();
    await tokens.close();
    rmSync(folder, { recursive: true });
  };
  return { doors: [...requestDoors(rig), ...tokens.doors, ...fileDoors(folder)], close };
}

const ALL_ROLES = 'AGENT.ANALYST.AUDITOR.SERVICE';
const never = () => false;
const textIn = ({ bytes }: HostileCase) => bytes.toString('utf8');
const hasText = (offered: HostileCase, is: (text: string) => boolean) => {
  const text = decodeUtf8(offered.bytes);
  return text !== undefined && is(text);
};

function requestDoors(rig: Awaited<ReturnType<typeof createRig>>): readonly Door[] {
  const post = async (payload: string | Buffer) => {
    const { statusCode, body } = await rig.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ALL_ROLES}` },
      payload,
    });
    if (statusCode >= 500 || rig.errors.length > 0) throw new Error(`${statusCode}: ${body}`);
    return JSON.parse(body) as {
      readonly data?: { readonly [field: string]: { readonly code?: string } | null } | null;
    };
  };
  const asks = async (query: string, variables: object) => {
    const { data } = await post(JSON.stringify({ query, variables }));
    const [one] = Object.values(data ?? {});
    return one != null && one.code !== 'INVALID_ARGUMENT';
  };
  return [...textDoors(post), ...argumentDoors(asks)];
}

type Post = (payload: string | Buffer) => Promise<{ readonly data?: object | null }>;

function textDoors(post: Post): readonly Door[] {
  return [
    {
      name: 'HTTP body',
      take: async ({ bytes }) => Boolean((await post(bytes)).data),
      mayTake: ({ isNoJson, ...offered }) =>
        isNoJson !== true && hasText(offered, (text) => text.includes('"query"')),
    },
    {
      name: 'GraphQL text',
      take: async (offered) => {
        const { data } = await post(JSON.stringify({ query: textIn(offered) }));
        return Boolean(data);
      },
      mayTake: (offered) => hasText(offered, (text) => /^\s*(query|\{)/.test(text)),
    },
  ];
}

function argumentDoors(
  asks: (query: string, variables: object) => Promise<boolean>,
): readonly Door[] {
  const told = '{ __typename ... on InvalidArgument { code } }';
  return [
    {
      name: 'argument, id',
      take: (offered) =>
        asks(`query Q($t: ID!) { customer360(id: $t) ${told} }`, { t: textIn(offered) }),
      mayTake: (offered) => isId(textIn(offered)),
    },
    {
      name: 'argument, text',
      take: (offered) =>
        asks(`query Q($t: String) { customers(filter: {segment: $t}) ${told} }`, {
          t: textIn(offered),
        }),
      mayTake: (offered) => isText(textIn(offered)),
    },
    {
      name: 'context of a decision',
      take: (offered) => {
        const text = textIn(offered);
        return asks(NEXT.replace('argument', 'code'), {
          id: CUSTOMER,
          context: { [text]: text, 'context.intent': text },
        });
      },
      mayTake: never,
    },
  ];
}

async function tokenDoors() {
  const time = movableClock();
  const key = await makeSigningKey('own');
  const published = await publishFile({ keys: [key.publicJwk] });
  const verifier = await createTokenVerifier(published.settings, time.clock);
  const part = (content: string | Buffer) => Buffer.from(content).toString('base64url');
  const header = part(JSON.stringify({ alg: 'ES256', kid: 'own' }));
  const sign = async (payload: Buffer) => {
    const data = Buffer.from(`${header}.${part(payload)}`);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const bytes = await crypto.subtle.sign(algorithm, key.privateKey, data);
    return `${data}.${part(Buffer.from(bytes))}`;
  };
  const doors: readonly Door[] = [
    {
      name: 'token',
      take: async (offered) => (await verifier.verify(textIn(offered))).ok,
      mayTake: never,
    },
    {
      name: 'claims, rightly signed',
      take: async ({ bytes }) => (await verifier.verify(await sign(bytes))).ok,
      mayTake: never,
    },
    {
      name: 'key set',
      take: async (offered) => {
        try {
          return readKeySet(textIn(offered), 'door').keys.length > 0;
        } catch (error) {
          if (error instanceof Error && error.name === 'BadKeySet') return false;
          throw error;
        }
      },
      mayTake: never,
    },
  ];
  return { doors, close: async () => published.stop() };
}

const RULES: RuleReadingContext = { facts: [], reportingCurrency: 'EUR', namedConditions: {} };
const CELL = { notation: OUR_NOTATION, currency: 'EUR' };

function fileDoors(folder: string): readonly Door[] {
  const written = (name: string, { bytes }: HostileCase) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  return [
    {
      name: 'rule file',
      take: async (offered) => {
        const file = await readJsonFile(written('rule.json', offered), () => {});
        return file !== undefined && readRule(file.value, RULES).rule !== undefined;
      },
      mayTake: never,
    },
    {
      name: 'JSON of a rule file',
      take: async (offered) =>
        (await readJsonFile(written('rule.json', offered), () => {})) !== undefined,
      mayTake: ({ isNoJson, ...offered }) => isNoJson !== true && hasText(offered, isJson),
    },
    {
      name: 'mapping file',
      take: async (offered) => (await loadMappingFile(written('mapping.json', offered))).ok,
      mayTake: never,
    },
    {
      name: 'cell of an extract, text',
      take: async (offered) =>
        (await cellsOf(folder, written('cells.csv', offered))).every(
          (cell) => typeof parseCell(cell, { type: 'text', required: false }, CELL) === 'string',
        ),
      mayTake: (offered) => hasText(offered, (text) => text.split('\n').every(isTextOrBreak)),
    },
    {
      name: 'table',
      take: async (offered) => (await readTable(written('table.csv', offered))).ok,
      mayTake: (offered) => hasText(offered, (text) => !text.includes('\0')),
    },
    {
      name: 'operations file',
      take: async (offered) => hasText(offered, (text) => readOperations(text, TYPE_DEFS).ok),
      mayTake: (offered) => hasText(offered, (text) => /^\s*(query|\{|#)/.test(text)),
    },
    {
      name: 'forest file',
      take: async (offered) =>
        hasText(offered, (text) => readForestDocument('a', { document: text, card: null }).ok),
      mayTake: never,
    },
  ];
}

const isTextOrBreak = (line: string) =>
  line.split(/[\r\n]/).every((one) => one.length > 500 || isText(one));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The cells of a file that lies alone among others, as an import reads them. */
async function cellsOf(folder: string, path: string): Promise<readonly string[]> {
  const opened = await extractFolders.open(folder);
  const file = opened?.files.find(({ name }) => path.endsWith(name));
  if (opened === undefined || file === undefined) throw new Error('the file was written');
  const cells: string[] = [];
  const format = { delimiter: ';', quote: '"', encoding: 'utf-8' } as const;
  for await (const rows of opened.read(file, format, () => {}))
    for (const row of rows) cells.push(...('cells' in row ? row.cells : ['\0']));
  return cells;
}
