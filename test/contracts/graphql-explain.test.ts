import { describe, expect, test } from '@jest/globals';
import { ShapBusy } from '../../src/app/ports/shap.ts';
import { CUSTOMER, createRig, type Faults, NEXT } from '../support/graphql-rig.ts';

const EXPLAIN = `query Explain($id: ID!) { explainDecision(id: $id) { __typename
  ... on ScoreExplanations { actions { forest sum base } } ... on Refusal { code message } } }`;

/** Decides once, then asks why, over a server of which a test may break a part. */
async function explainOver(ports: Faults['ports'] = {}) {
  const rig = await createRig({ ports });
  const ask = { variables: { id: CUSTOMER } };
  const decide = async () => {
    const { text } = await rig.ask(NEXT, ask);
    return /"decisionId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? text;
  };
  const explain = async (id: string) => {
    const { text } = await rig.ask(EXPLAIN, { token: 'AUDITOR', variables: { id } });
    return JSON.parse(text) as unknown;
  };
  return { decide, explain, close: () => rig.app.close() };
}

describe('why a score is what it is', () => {
  test('is refused by name while too much waits, and asked for again', async () => {
    let waits = true;
    const answer = { trees: 1, sum: 5, base: 2, byFact: [{ fact: 'age', sum: 3 }] };
    const { decide, explain, close } = await explainOver({
      shap: async (questions) => {
        if (waits) throw new ShapBusy(16);
        return questions.map(() => answer);
      },
    });
    const id = await decide();
    const refused = { __typename: 'ExplainerBusy', code: 'EXPLAINER_BUSY' };
    expect(await explain(id)).toMatchObject({ data: { explainDecision: refused } });
    waits = false;
    const scores = { actions: expect.arrayContaining([{ forest: 'lend', sum: 5, base: 2 }]) };
    expect(await explain(id)).toMatchObject({ data: { explainDecision: scores } });
    await close();
  });

  test('holds up no decision while it is worked out', async () => {
    let finish = () => {};
    const held = new Promise<void>((done) => {
      finish = done;
    });
    const { decide, explain, close } = await explainOver({
      shap: async () => {
        await held;
        return [];
      },
    });
    const explaining = explain(await decide());
    expect(await decide()).toMatch(/^[0-9a-f-]{36}$/);
    finish();
    await explaining;
    await close();
  });
});
