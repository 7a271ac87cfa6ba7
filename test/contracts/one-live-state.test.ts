import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { createRecordIntake } from '../../src/adapters/postgres/intake/record-intake.ts';
import { makePartitions } from '../../src/adapters/postgres/schema/make-partitions.ts';
import { systemRandomness } from '../../src/adapters/system/system-clock.ts';
import { readPart } from '../../src/app/customer360/read-part.ts';
import type {
  LookBack,
  NextBestActionsRequest,
} from '../../src/app/decisions/deciding/request.ts';
import type { DecisionEvidence } from '../../src/app/decisions/evidence/decision-evidence.ts';
import type { RecordIntake } from '../../src/app/ports/record-intake.ts';
import { NO_AUTHORITY } from '../../src/domain/authority.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { ENTITY_ORDER } from '../../src/domain/entity-fields.ts';
import { readConfig } from '../../src/main/config.ts';
import { desk } from '../../src/main/desk.ts';
import { type OpenedWorld, openWorld } from '../../src/main/open-world.ts';
import { ROOT } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { keepRecords } from '../support/keep-records.ts';
import { instantsAround, liveRecords } from '../support/live-records.ts';
import { clonePrepared } from '../support/prepared-database.ts';
import { type Given, settleRecords } from '../support/settle-records.ts';

// Each test stores and decides for eight histories.
jest.setTimeout(120_000);

/** The business date that settled records bring the bank to. */
const TODAY = '2026-02-01';
const PAST = '2026-01-20';
const RUNS = 8;
const RECORDS = { minLength: 120, maxLength: 160 };

/** By the end of the past day; after it, some of it after the end of the business date. */
const EARLY = instantsAround(PAST, { least: -300, most: 0 });
const LATE = instantsAround(PAST, { least: 1, most: 14 });

describe('one live state in PostgreSQL', () => {
  let database: ClonedDatabase;
  let scratch: string;
  let world: OpenedWorld;
  let patient: Database;
  let intake: RecordIntake;
  let now = `${TODAY}T10:00:00.000Z`;
  let run = 0;

  const request = (customerId: string, lookBack?: LookBack): NextBestActionsRequest => ({
    customerId,
    channel: 'AGENT',
    placement: null,
    context: {},
    first: 20,
    requestId: null,
    reuseWithinMs: null,
    caller: 'tester',
    trigger: { kind: 'QUERY' },
    authority: NO_AUTHORITY,
    ...(lookBack && { lookBack }),
  });
  const decide = async (people: readonly string[], asOf?: string | null) => {
    const lookBack = asOf === undefined ? undefined : { asOf, record: false };
    const requests = people.map((id) => request(id, lookBack));
    const answers = await world.deciding.decideForMany(requests);
    return answers.map((answer): DecisionEvidence => {
      if (answer.status === 'rejected') throw answer.reason;
      if (!answer.value.ok) throw new Error(answer.value.refusal.code);
      return answer.value.value;
    });
  };
  const people = () => Array.from({ length: 6 }, (_, i) => `P${run}-${i}`);
  /** Random records of people of their own, recorded early or late. */
  const histories = (recordedAt: fc.Arbitrary<string>, ids: readonly string[]) =>
    fc.array(liveRecords({ people: ids, today: TODAY, recordedAt }), RECORDS);
  /** The records went from one to another, which the intake would refuse by now. */
  const settle = async (records: readonly Given[], ids: readonly string[]) => {
    const parties = ids.map((partyId): Given => ['party', { partyId }]);
    await settleRecords(intake, parties, { entities: ENTITY_ORDER });
    const whole = records.map(([entity, record]): Given => {
      return entity === 'party' ? [entity, { kind: 'PERSON', ...record }] : [entity, record];
    });
    await keepRecords(patient, whole, 'extract:test');
  };
  /** Runs a check over some histories; a failure is told as found, for shrinking writes rows. */
  const check = async (body: (early: readonly Given[], late: readonly Given[]) => unknown) => {
    const seeds = fc.sample(fc.integer(), { numRuns: RUNS, seed: 7 });
    for (const seed of seeds) {
      run += 1;
      const [early = []] = fc.sample(histories(EARLY, people()), { numRuns: 1, seed });
      const [late = []] = fc.sample(histories(LATE, people()), { numRuns: 1, seed });
      await body(early, late);
    }
  };

  beforeAll(async () => {
    database = await clonePrepared();
    await makePartitions(database.url, '2026-01-01T00:00:00.000Z', 2);
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-live-'));
    const environment = { DATABASE_URL: urlFor('WORKER', database.url), NEXTBEST_DATA: scratch };
    const clock = { now: () => now };
    world = await openWorld(readConfig(environment), 'WORKER', { clock });
    patient = createPool(database.url, { applicationName: 'contract', max: 1 });
    intake = createRecordIntake(patient, { clock, randomness: systemRandomness });
    const ruleSet = await desk.readRuleSet(join(ROOT, 'rules/demo'));
    if (!ruleSet.ok) throw new Error(JSON.stringify(ruleSet.refusal));
    const stamp = { actor: 'tester', at: now };
    const built = await world.releases.build(ruleSet.value, stamp);
    if (!built.ok) throw new Error(built.refusal.message);
    await world.releases.activate(built.value.digest, stamp);
  });
  afterAll(async () => {
    await patient?.close();
    await world?.close();
    await database.drop();
    await rm(scratch, { recursive: true });
  });

  test.each([
    ['the clock is on the business date', `${TODAY}T10:00:00.000Z`],
    ['the business date lags the clock', '2026-02-02T10:00:00.000Z'],
    ['the clock lags what is recorded', '2026-01-31T10:00:00.000Z'],
  ])('as of today equals the present, byte for byte, while %s', async (_name, clock) => {
    now = clock;
    const seen = { holds: 0, contacts: 0, complaints: 0, toCome: 0 };
    await check(async (early, late) => {
      await settle([...early, ...late], people());
      const [present, today] = [await decide(people()), await decide(people(), TODAY)];
      for (const [i, one] of present.entries()) {
        expect(textOf(today[i])).toBe(textOf(one));
        const { live } = one.stored.capsule;
        expect(live).not.toHaveProperty('failures');
        seen.holds += live.holds?.length ?? 0;
        seen.contacts += live.contacts?.length ?? 0;
        seen.complaints += live.complainedOn?.length ?? 0;
        seen.toCome +=
          live.consents?.filter((row) => row.effectiveAt > `${TODAY}T24`).length ?? 0;
      }
    });
    // Histories without them would show nothing.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
  });

  test('what is recorded after a day changes nothing as of that day', async () => {
    now = `${TODAY}T10:00:00.000Z`;
    let changed = 0;
    await check(async (early, late) => {
      await settle(early, people());
      const [before, today] = [await decide(people(), PAST), await decide(people())];
      await settle(late, people());
      const [after, later] = [await decide(people(), PAST), await decide(people())];
      for (const [i, one] of before.entries()) {
        expect(knownOf(after[i])).toBe(knownOf(one));
        if (knownOf(later[i]) !== knownOf(today[i])) changed += 1;
      }
    });
    expect(changed).toBeGreaterThan(RUNS);
  });

  test('a view shows the consents and holds that the decision rests on', async () => {
    now = `${TODAY}T10:00:00.000Z`;
    await check(async (early, late) => {
      await settle([...early, ...late], people());
      const loaders = world.customers.loaders();
      for (const { stored } of await decide(people())) {
        const { customerId, capsule } = stored;
        const moment = { businessDate: TODAY, now, ageLimits: null };
        const [consents, holds] = await Promise.all([
          readPart(customerId, 'consents', { loaders, moment }),
          readPart(customerId, 'holds', { loaders, moment }),
        ]);
        if (consents.state === 'FAILED' || holds.state === 'FAILED') throw new Error('not read');
        expect(consents.value.map(liveConsent)).toEqual(capsule.live.consents);
        expect(holds.value.map(liveHold)).toEqual(capsule.live.holds);
      }
    });
  });
});

/** All that a decision is, but for its id, its instant and what names them. */
function textOf(evidence: DecisionEvidence | undefined): string {
  if (evidence === undefined) throw new Error('a customer was not decided for');
  const { capsule } = evidence.stored;
  const { decisionId: _id, decidedAt: _at, ...live } = capsule.live;
  const { snapshot } = evidence;
  return canonicalText({ ...capsule, live, snapshot });
}

/** The same without the lineage of sources, whose present version a look back tells. */
function knownOf(evidence: DecisionEvidence | undefined): string {
  if (evidence === undefined) throw new Error('a customer was not decided for');
  const { decisionId: _id, decidedAt: _at, ...live } = evidence.stored.capsule.live;
  const { snapshot } = evidence;
  if (typeof snapshot === 'string') throw new Error('a snapshot was lost');
  return canonicalText({
    live,
    sheet: snapshot.sheet,
    decision: evidence.stored.capsule.decision,
  });
}

type Row = { readonly [field: string]: unknown };

function pick(names: readonly string[]): (row: object) => Row {
  return (row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}

const liveConsent = pick(['purpose', 'channel', 'state', 'effectiveAt', 'expiresOn']);
const liveHold = pick(['kind', 'startsOn', 'endsOn']);
