import { expect, test } from '@jest/globals';
import { makeDecidable } from '../../src/app/releases/release-shelf.ts';
import { digestOf } from '../../src/domain/digest.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import { appendTo } from '../support/commit-one.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { CUSTOMER, createRig, NEXT } from '../support/graphql-rig.ts';
import { SMALL_FORESTS, smallBody } from '../support/small-release.ts';
import { sampleDecision } from './sample-decision.ts';

const EVIDENCE = '{ id evidence facts { name } trace { rule } answer { outcome } }';
const QUESTION = `query Past($id: ID!) {
  decision(id: $id) { ... on Decision ${EVIDENCE} }
  decisionAudit { ... on DecisionConnection { edges { node ${EVIDENCE} } } }
}`;

test('decisions of another engine are shown, all but their trace', async () => {
  const { log, commit } = fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true });
  const asked = { id: CUSTOMER, requestId: 'r-1' };
  const before = await createRig({ ports: { log, commit } });
  const decided = await before.ask(NEXT, { variables: asked });
  const id = /"decisionId":"([0-9a-f-]{36})"/.exec(decided.text)?.[1] ?? '';
  await before.app.close();

  const body = smallBody();
  const release = { ...makeDecidable(digestOf(body), body, SMALL_FORESTS), loaded: undefined };
  const releaseShelf = { take: async () => release };
  const after = await createRig({ ports: { log, commit, releaseShelf } });
  const { data, errors } = await after.ask(QUESTION, { token: 'AUDITOR', variables: { id } });
  expect(errors).toBeUndefined();
  const shown = { id, evidence: 'READ', trace: null, answer: { outcome: 'ACTIONS' } };
  expect(data).toMatchObject({ decision: shown, decisionAudit: { edges: [{ node: shown }] } });
  const again = await after.ask(NEXT, { variables: asked });
  expect(again.data).toEqual(decided.data);
  const anew = await after.ask(NEXT, { variables: { id: CUSTOMER } });
  expect(anew.data?.['nextBestActions']).toMatchObject({ code: 'NO_ACTIVE_RELEASE' });
  await after.app.close();
});

test('a decision of engine 1, which stored no ids of a cause, shows its kind alone', async () => {
  const { log, commit } = fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true });
  const stored = sampleDecision({ customerId: CUSTOMER, releaseDigest: digestOf(smallBody()) });
  const { capsule } = stored;
  const live: LiveState = { ...capsule.live, trigger: JSON.parse('{"kind":"BATCH"}') };
  await appendTo(commit, { ...stored, capsule: { ...capsule, live } });
  const rig = await createRig({ ports: { log } });
  const question = `{ decisionAudit { ... on DecisionConnection { edges { node {
    id trigger { kind eventId runId campaignId } } } } } }`;
  const { data } = await rig.ask(question, { token: 'AUDITOR' });
  const trigger = { kind: 'BATCH', eventId: null, runId: null, campaignId: null };
  expect(data).toMatchObject({
    decisionAudit: { edges: [{ node: { id: stored.id, trigger } }] },
  });
  await rig.app.close();
});
