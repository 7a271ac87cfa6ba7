import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBook } from '../../src/adapters/postgres/bank/book.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import type { Customer360, PartName } from '../../src/domain/customer360.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { CONCERNS, type LostPart } from '../../src/domain/entity-subjects.ts';
import { LIVE_PARTS } from '../../src/domain/live-state.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { PRESENT } from '../support/live-versions.ts';
import {
  type BankRow,
  type BankRows,
  bankOf,
  ENTITIES,
  type FileEntity,
  KNOWN,
  rowsAbout,
  wholeFiles,
  wholeMapping,
} from '../support/whole-bank.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const NEXT = '2026-03-01T08:00:00.000Z';
const LATE = { businessDate: '2026-03-01', knownAt: '2026-12-31T00:00:00.000Z' } as const;

async function load(rows: BankRows, options: Parameters<typeof wholeMapping>[0] = {}) {
  const result = await rig.loadFiles(wholeMapping(options), wholeFiles(rows), {
    skipRefused: true,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

async function viewOf(id: string, at: { businessDate: string; knownAt: string } = LATE) {
  const clock = { now: () => NEXT };
  const loaders = createCustomerLoaders(createCustomerSource(rig.database), clock);
  return knownAt(await loaders.historyOf(id), at);
}

/** The parts that are unknown: in the view, at the moment of a decision, and in the book. */
async function unknownTo(id: string, at?: Parameters<typeof viewOf>[1]): Promise<LostPart[]> {
  const view: Customer360 = await viewOf(id, at);
  const failed = PART_NAMES.filter((part: PartName) => view[part].state === 'FAILED');
  if (at === undefined) {
    const moments = await createMomentReader(rig.database).readMoments([id]);
    const versions = moments.get(id)?.versions;
    if (versions === undefined) throw new Error(`${id} is no customer`);
    const live = Object.keys(liveStateOf(versions, PRESENT).failures ?? {});
    const isLive = (part: PartName) => LIVE_PARTS.some((one) => one === part);
    expect(live.toSorted()).toEqual(failed.filter(isLive).toSorted());
  }
  const managed = (await createBook(rig.database).managersOf([id])).get(id) !== null;
  return [...failed, ...(managed ? [] : ['book' as const])].toSorted();
}

const partsOf = (entity: FileEntity): LostPart[] =>
  [...new Set(CONCERNS[entity].flatMap(({ parts }) => parts))].toSorted();

/** A cell of the row that no file may hold. */
const broken = (entity: FileEntity, row: BankRow): BankRow =>
  entity === 'region' ? { ...row, population: 'many' } : { ...row, ...BROKEN[entity] };
const BROKEN: { readonly [E in Exclude<FileEntity, 'region'>]: BankRow } = {
  party: { kind: 'GHOST' },
  household_member: { member: '?' },
  arrangement: { openedOn: '2025-13-40' },
  role: { role: '?' },
  balance: { ledgerMinor: 'x' },
  transaction: { amountMinor: 'x' },
  interaction: { occurredAt: '2026-13-40' },
  consent: { state: '?' },
  hold: { startsOn: '2026-13-40' },
  contact: { presentedAt: '' },
  response: { kind: '?' },
  goal: { targetOn: 'soon' },
  credit_application: { state: '?' },
  relationship_value: { marginMinor: 'x' },
  relationship_manager: { startsOn: '' },
};

/** What else of the bank hangs on a record, and is lost with it when it was never stored. */
const HANGING: { readonly [E in FileEntity]?: readonly FileEntity[] } = {
  arrangement: ['role', 'balance', 'transaction'],
  contact: ['response'],
};

describe('with refused rows skipped, each customer with another entity unreadable', () => {
  const bank = bankOf(...ENTITIES, 'whole');
  const entries = ENTITIES.map((entity) => {
    const rows = bank[entity].map((row, i) =>
      ENTITIES[i] === entity ? broken(entity, row) : row,
    );
    return [entity, rows] as const;
  });
  const spoilt: BankRows = Object.fromEntries(entries);
  const withHanging = (entity: FileEntity) =>
    [...new Set([entity, ...(HANGING[entity] ?? [])].flatMap(partsOf))].toSorted();

  test('it is unknown what the row was about, of this customer alone', async () => {
    const { party, ...others } = spoilt;
    await load({ party: bank.party });
    const report = await load({ party: party ?? [], ...others });
    expect(report.refusals.length).toBeGreaterThanOrEqual(ENTITIES.length);
    for (const entity of ENTITIES) {
      expect([entity, await unknownTo(entity)]).toEqual([entity, withHanging(entity)]);
    }
    expect(await unknownTo('whole')).toEqual([]);
  }, 60_000);

  test('and stays so until a delivery tells it whole', async () => {
    const unknown = async () => {
      const known: string[] = [];
      for (const entity of ENTITIES) {
        if ((await unknownTo(entity)).join() !== partsOf(entity).join()) known.push(entity);
      }
      return known;
    };
    const file = () => ({ whole: true });
    await load(bank);
    await load(spoilt);
    expect(await unknown()).toEqual([]);
    // What changed alone, a whole one with the same row refused, one without the file.
    await load(bank);
    expect(await unknown()).toEqual([]);
    await load(spoilt, { file });
    expect(await unknown()).toEqual([]);
    await load({ region: bank.region }, { file });
    expect(await unknownTo('hold')).toEqual(['holds']);
    await load(bank, { file });
    for (const id of [...ENTITIES, 'whole']) expect([id, await unknownTo(id)]).toEqual([id, []]);
  }, 120_000);
});

describe('with refused rows skipped', () => {
  test('a line that is no row makes its part unknown of all, even who comes later', async () => {
    const bank = bankOf('ann', 'ben');
    await load(bank);
    for (const entity of ENTITIES) {
      const name = `${entity}.csv`;
      const files = {
        [name]: `${wholeFiles({ [entity]: bank[entity] })[name]}one cell too few\n`,
      };
      const result = await rig.loadFiles(wholeMapping(), files, { skipRefused: true });
      expect(result).toMatchObject({ ok: true, value: { rowsRefused: 1, recordsRefused: 0 } });
      const { party, relationship_manager } = bankOf(`new-${entity}`);
      await load({ party, relationship_manager });
      for (const id of ['ann', `new-${entity}`]) {
        expect([entity, await unknownTo(id)]).toEqual([entity, partsOf(entity)]);
      }
      await load(bank, { file: () => ({ whole: true }) });
      expect(await unknownTo('ann')).toEqual([]);
    }
  }, 120_000);

  test('it is unknown from when the row was known, or from ever where none can say', async () => {
    const bank = bankOf('ann');
    const [hold = {}] = bank.hold;
    await load({ ...bank, hold: [broken('hold', hold)] });
    const before = { businessDate: '2026-01-10', knownAt: '2026-01-10T07:59:59.999Z' };
    const since = { ...before, knownAt: KNOWN };
    expect(await unknownTo('ann', since)).toContain('holds');
    expect(await unknownTo('ann', before)).not.toContain('holds');
    await load({ hold: [{ ...broken('hold', hold), recordedAt: 'then' }] });
    expect(await unknownTo('ann', before)).toContain('holds');
  });

  test('whose an arrangement is may be told later, and is remembered until then', async () => {
    const { role, ...bank } = bankOf('ann');
    const [posting = {}] = bank.transaction;
    await load({ ...bank, role: [], transaction: [broken('transaction', posting)] });
    await load({ role });
    expect(await unknownTo('ann')).toEqual(['transactions']);
  });

  test('what one system lost, another does not mend', async () => {
    const bank = bankOf('ann');
    const [hold = {}] = bank.hold;
    await load({ ...bank, hold: [broken('hold', hold)] });
    await load(bank, { system: 'extract:other', file: () => ({ whole: true }) });
    expect(await unknownTo('ann')).toEqual(['holds']);
  });

  test('a joint holder does not know who shares, a housemate who lives there', async () => {
    const bank = bankOf('ann', 'ben');
    const shared = { ...rowsAbout('ben').role, arrangementId: 'acc-ann', role: 'JOINT' };
    const housemate = { ...rowsAbout('ben').household_member, householdId: 'hh-ann' };
    await load({ ...bank, household_member: [bank.household_member[0] ?? {}] });
    await load({
      role: [broken('role', shared)],
      household_member: [broken('household_member', housemate)],
    });
    expect(await unknownTo('ann')).toEqual(['arrangements', 'household']);
    expect(await unknownTo('ben')).toEqual(['arrangements', 'household', 'transactions']);
  });

  test('every party of a region, of which nothing can be read, has no profile', async () => {
    const bank = bankOf('ann', 'ben');
    const party = bank.party.map((row) => ({ ...row, regionCode: 'reg-ann' }));
    const [region = {}, ...others] = bank.region;
    await load({ ...bank, party, region: [broken('region', region), ...others] });
    for (const id of ['ann', 'ben']) expect(await unknownTo(id)).toEqual(['profile']);
  });
});

const FIELDS = {
  arrangement: {
    arrangementId: { column: 'id' },
    productKind: { constant: 'CURRENT_ACCOUNT' },
    product: { constant: 'current' },
    currency: { constant: 'EUR' },
    status: { constant: 'OPEN' },
    openedOn: { column: 'opened' },
  },
  role: {
    partyId: { column: 'of' },
    arrangementId: { column: 'id' },
    role: { constant: 'OWNER' },
  },
  balance: {
    arrangementId: { column: 'id' },
    effectiveOn: { constant: '2026-01-05' },
    ledgerMinor: { column: 'balance' },
  },
} as const;

describe('a row is refused with all its records', () => {
  const ACCOUNTS = {
    ...wholeMapping(),
    files: [
      ...wholeMapping().files.filter(({ name }) => name === 'party.csv'),
      {
        name: 'accounts.csv',
        records: (['arrangement', 'role', 'balance'] as const).map((entity) => ({
          entity,
          fields: { ...FIELDS[entity], recordedAt: { constant: KNOWN } },
        })),
      },
    ],
  };
  const party = wholeFiles({ party: ['ann', 'ben'].map((id) => rowsAbout(id).party) });
  const accounts = async (...rows: readonly string[]) => {
    const text = `id,opened,of,balance\n${rows.join('\n')}\n`;
    const files = { ...party, 'accounts.csv': text };
    const result = await rig.loadFiles(ACCOUNTS, files, { skipRefused: true });
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    return result.value;
  };
  const stored = async () => {
    const tables = ['arrangement', 'role', 'balance'];
    const each = tables.map(
      (name) => `select '${name}' as name, arrangement_id as id from bank_${name}`,
    );
    const rows = await rig.rows(`${each.join(' union all ')} order by 2, 1`);
    return rows.map(({ name, id }) => `${id} ${name}`);
  };
  const WHOLE = ['a1 arrangement', 'a1 balance', 'a1 role'];

  test.each<[string, string, object]>([
    ['for a cell', 'a2,2025-01-01,ben,x', { column: 'balance', code: 'NOT_AN_AMOUNT' }],
    ['as an orphan', 'a2,2025-01-01,nobody,1.00', { column: 'of', code: 'ORPHAN' }],
    ['as a double', 'a1,2025-01-02,ben,1.00', { column: 'opened', code: 'DUPLICATE_KEY' }],
  ])('%s', async (_title, row, refusal) => {
    const report = await accounts('a1,2025-01-01,ann,1.00', row);
    expect(report.refusals).toMatchObject([{ place: { line: 3 }, ...refusal }]);
    expect(report).toMatchObject({ rowsRead: 4, rowsRefused: 1 });
    expect(await stored()).toEqual(WHOLE);
    const view = await viewOf('ann');
    expect(view.arrangements.state).toBe(row.startsWith('a1') ? 'FAILED' : 'READ');
  });

  test('nineteen rows of one account leave it one owner, and unknown to all of them', async () => {
    const others = Array.from({ length: 18 }, (_, i) => `a1,2025-02-0${(i % 9) + 1},ben,3.00`);
    const report = await accounts('a1,2025-01-01,ann,1.00', ...others);
    expect(report).toMatchObject({ rowsRefused: 18, entities: { role: { written: 1 } } });
    expect(await stored()).toEqual(WHOLE);
    for (const id of ['ann', 'ben']) {
      expect((await viewOf(id)).arrangements.state).toBe('FAILED');
    }
  });

  test('and is told once, though all its records fall', async () => {
    const report = await accounts('a1,2025-01-01,ann,1.00', 'a2,2025-01-01,nobody,1.00');
    expect(report).toMatchObject({ rowsRefused: 1, recordsRefused: 3 });
  });
});
