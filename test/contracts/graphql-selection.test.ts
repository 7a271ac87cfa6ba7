import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ANSWER_MEMBERS } from '../../src/app/decisions/answering/present-decision.ts';
import { CUSTOMER, createRig } from '../support/graphql-rig.ts';

const MEMBERS = Object.keys(ANSWER_MEMBERS) as readonly (keyof typeof ANSWER_MEMBERS)[];

afterEach(() => {
  jest.restoreAllMocks();
});

describe('an answer', () => {
  test.each<[string, readonly string[]]>([
    ['decisionId', ['decisionId']],
    ['outcome actions { rank }', ['outcome', 'actions']],
    ['outcome withheld { stage }', ['outcome', 'withheld']],
    ['a: noAction { code } b: noAction { text }', ['noAction', 'noAction']],
  ])('is rendered in the members that are selected alone: { %s }', async (selected, rendered) => {
    const spies = MEMBERS.map((name) => ({ name, spy: jest.spyOn(ANSWER_MEMBERS, name) }));
    const rig = await createRig();
    const query = `{ nextBestActions(customerId: "${CUSTOMER}", channel: AGENT) {
      __typename ... on NextBestActions { ${selected} } } }`;
    const { data, errors } = await rig.ask(query);
    expect(errors).toBeUndefined();
    expect(data?.['nextBestActions']).toMatchObject({ __typename: 'NextBestActions' });
    const calls = spies.flatMap(({ name, spy }) => spy.mock.calls.map(() => name));
    expect(calls.toSorted()).toEqual([...rendered].toSorted());
    await rig.app.close();
  });
});
