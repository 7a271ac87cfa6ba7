import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Table from 'cli-table3';
import type { Candidate } from '../../src/domain/decision.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import { customerIds, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const CHANNELS = ['AGENT', 'BRANCH', 'MOBILE', 'WEB', 'EMAIL', 'PHONE'];
const MOST = 20;

/** Over the demo bank: what no customer ever meets is dead weight in a rule set. */
describe('every rule decides for somebody, every action surfaces for somebody', () => {
  let service: DemoService;
  let body: ReleaseBody;
  const decidedBy = new Map<string, number>();
  const surfaced = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) =>
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const look = ({ actionId, outcome, withheld, applied = [] }: Candidate) => {
    if (outcome === 'SURFACED') count(surfaced, actionId);
    if (withheld !== undefined) count(decidedBy, withheld.rule);
    for (const { rule } of applied) count(decidedBy, rule);
  };

  beforeAll(async () => {
    service = await openDemoService();
    const release = await service.world.releases.takeActive();
    if (release === undefined) throw new Error('no release is in force');
    body = release.body;
    const ids = await customerIds(service, 10_000);
    await inTurns(
      ids,
      async (id) => {
        const fields = CHANNELS.map(
          (channel) => `${channel}: nextBestActions(customerId: "${id}", channel: ${channel},
          first: ${MOST}) { ... on NextBestActions { decisionId } ... on Refusal { message } }`,
        );
        const { data, errors } = await service.ask('AGENT', `{ ${fields.join('\n')} }`);
        expect(errors).toEqual([]);
        const made = Object.values(data ?? {}).map(
          (it) => (it as { decisionId: string }).decisionId,
        );
        const stored = await service.stores.decisions.findMany(made);
        expect(stored.size).toBe(CHANNELS.length);
        for (const { id, capsule } of stored.values()) {
          if (capsule === null) throw new Error(`decision ${id} cannot be read`);
          capsule.decision.candidates.forEach(look);
        }
      },
      3,
    );
  }, 300_000);
  afterAll(() => service?.close());

  const tableOf = (names: readonly string[], counts: ReadonlyMap<string, number>) => {
    const table = new Table({ style: { head: [], border: [] } });
    for (const name of names) table.push([name, counts.get(name) ?? 0]);
    return table.toString();
  };
  const missed = (names: readonly string[], counts: ReadonlyMap<string, number>) =>
    names.filter((name) => !counts.has(name));

  test('every rule is the deciding one for somebody', () => {
    const rules = body.rules.map(({ id }) => id);
    process.stderr.write(`${tableOf(rules, decidedBy)}\n`);
    expect(missed(rules, decidedBy)).toEqual([]);
  });

  test('every action surfaces for somebody', () => {
    const actions = body.actions.map(({ id }) => id);
    process.stderr.write(`${tableOf(actions, surfaced)}\n`);
    expect(missed(actions, surfaced)).toEqual([]);
  });
});
