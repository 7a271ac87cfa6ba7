import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRig, TYPE_DEFS } from '../support/graphql-rig.ts';
import { describeWithShared } from '../support/shared-data.ts';

interface Attack {
  readonly id: string;
  readonly category: string;
  readonly expect: string;
  readonly transport: string;
  readonly query?: string;
  readonly query_repeat?: {
    readonly prefix: string;
    readonly item: string;
    readonly n: number;
    readonly suffix: string;
  };
  readonly operationName?: string;
  readonly variables?: unknown;
  readonly variables_raw?: string;
  readonly variables_deep?: number;
  readonly extensions?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly body_raw?: string;
  readonly n?: number;
  readonly needs?: string;
}

/** Not refused, for it asks nothing that is wrong: it must only show nothing. */
const HARMLESS = new Set(['trace-header', 'log-injection']);
/** The demo's schema is open to anybody; graphql itself bounds how deep it is asked for. */
const SHOWN_IN_THE_DEMO = new Set([
  'introspection-full',
  'introspection-type',
  'introspection-newline-evasion',
  'error-stack',
  'field-suggestion',
]);
const CONTENT_TYPES: { readonly [transport: string]: string } = {
  'post-form': 'application/x-www-form-urlencoded',
  'post-text': 'text/plain',
  'post-multipart': 'multipart/form-data; boundary=x',
};

describeWithShared('attacks by GraphQL', ['corpora/graphql-attacks/attacks.json'], (file) => {
  const { attacks }: { readonly attacks: readonly Attack[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const closed = attacks.filter(({ id }) => !HARMLESS.has(id));
  const harmless = attacks.filter(({ id }) => HARMLESS.has(id));

  describe.each([
    ['a bank of one’s own', false],
    ['the demo', true],
  ])('on %s', (_bank, open) => {
    let rig: Awaited<ReturnType<typeof createRig>>;
    let ran = 0;
    beforeAll(async () => {
      const page = async () => {
        ran += 1;
        return { customerIds: [], hasMore: false };
      };
      const readMoments = async () => {
        ran += 1;
        return new Map();
      };
      const directory = { page, count: async () => 0 };
      rig = await createRig({
        settings: { open },
        ports: { directory, moments: { readMoments } },
      });
    });
    afterAll(() => rig.app.close());

    const refused = closed.filter(({ id }) => !(open && SHOWN_IN_THE_DEMO.has(id)));
    test.each(refused.map((attack) => [attack.id, attack] as const))(
      'are refused before anything runs, quickly: %s',
      async (_id, attack) => {
        if (open && attack.id === 'introspection-full') return;
        const { status, text, ms } = await fire(attack, rig);
        // Apollo's own clients expect a persisted query to be refused with 200, and without data.
        const refusals = attack.category === 'apq' ? [200] : [400, 403, 405, 413, 415];
        expect(refusals).toContain(status);
        expect(JSON.parse(text).errors[0].extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
        expect(JSON.parse(text).data ?? null).toBeNull();
        expect(ran).toBe(0);
        expect(ms).toBeLessThan(1_000);
        expect(text).not.toMatch(/node_modules|\.ts:\d|select |\w+Error:/);
        expect(text.length).toBeLessThan(30_000);
      },
    );

    test.each(harmless.map((attack) => [attack.id, attack] as const))(
      'that ask nothing wrong show nothing: %s',
      async (_id, attack) => {
        const { status, text } = await fire(attack, rig);
        expect(status).toBe(200);
        expect(Object.keys(JSON.parse(text))).toEqual(['data']);
      },
    );
  });

  test('that need a field or a mutation we do not have find none', () => {
    const needs = new Set(attacks.flatMap(({ needs: field }) => field ?? []));
    const absent = [...needs].filter((name) => !new RegExp(`\\b${name}\\(`).test(TYPE_DEFS));
    expect(absent.toSorted()).toEqual([
      'approveDecision',
      'approveRuleSet',
      'node',
      'subscription',
    ]);
  });
});

function textOf({ query = '', query_repeat: repeat }: Attack): string {
  if (repeat === undefined) return query;
  const items = Array.from({ length: repeat.n }, (_, i) => repeat.item.replaceAll('$i', `${i}`));
  return repeat.prefix + items.join('') + repeat.suffix;
}

function bodyOf(attack: Attack): string {
  if (attack.body_raw !== undefined) return attack.body_raw;
  const {
    operationName,
    extensions,
    variables,
    variables_raw: raw,
    variables_deep: deep,
  } = attack;
  const one = JSON.stringify({ query: textOf(attack), operationName, extensions, variables });
  if (raw !== undefined) return one.replace(/}$/, `,"variables":${raw}}`);
  if (deep !== undefined) {
    const nested = `{"i":${'['.repeat(deep)}${']'.repeat(deep)}}`;
    return one.replace(/}$/, `,"variables":${nested}}`);
  }
  const isList = attack.transport === 'post-json-array';
  return isList ? `[${Array.from({ length: attack.n ?? 1 }, () => one).join()}]` : one;
}

async function fire(attack: Attack, rig: Awaited<ReturnType<typeof createRig>>) {
  if (attack.transport === 'get' || attack.transport === 'ws') {
    const url = `/graphql?query=${encodeURIComponent(textOf(attack))}`;
    const upgrade = { connection: 'upgrade', upgrade: 'websocket' };
    const headers = {
      authorization: 'Bearer AUDITOR',
      ...(attack.transport === 'ws' && upgrade),
    };
    const answer = await rig.app.inject({ method: 'GET', url, headers });
    return { status: answer.statusCode, text: answer.body, ms: 0 };
  }
  const contentType = CONTENT_TYPES[attack.transport];
  const headers = Object.entries(attack.headers ?? {}).map(([name, value]) => [
    name,
    encodeURI(value),
  ]);
  const request = {
    body: bodyOf(attack),
    token: 'AGENT.ANALYST.AUDITOR.SERVICE',
    headers: {
      ...Object.fromEntries(headers),
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
  };
  // Making a large attack takes longer than refusing it: only the refusal is timed.
  const startedMs = performance.now();
  const { status, text } = await rig.send(request);
  return { status, text, ms: performance.now() - startedMs };
}
