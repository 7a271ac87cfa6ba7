import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COUNTED, OWNED_BY } from '../../src/domain/entity-subjects.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import {
  type BankRow,
  type BankRows,
  bankOf,
  ENTITIES,
  type FileEntity,
  rowsAbout,
  wholeFiles,
  wholeMapping,
} from '../support/whole-bank.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const LATER = '2026-01-20T08:00:00.000Z';

async function load(rows: BankRows, file: (entity: FileEntity) => object = () => ({})) {
  const mapping = wholeMapping({ file });
  const result = await rig.loadFiles(mapping, wholeFiles(rows), { skipRefused: true });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** Another value of a field that is neither key nor owner. */
const OTHER: { readonly [E in FileEntity]: BankRow } = {
  region: { name: 'Other' },
  party: { city: 'Brno' },
  household_member: { member: 'OTHER' },
  arrangement: { product: 'other' },
  role: { endedOn: '2026-01-19' },
  balance: { ledgerMinor: '7.00' },
  transaction: { amountMinor: '7.00' },
  interaction: { intent: 'HARDSHIP' },
  consent: { state: 'WITHDRAWN' },
  hold: { endsOn: '2026-01-19' },
  contact: { actionId: 'loan' },
  response: { kind: 'ACCEPTED' },
  goal: { kind: 'CAR' },
  credit_application: { state: 'DECLINED' },
  relationship_value: { marginMinor: '7.00' },
  relationship_manager: { managerId: 'm2' },
};

/** For every entity its row once more, changed; all in one delivery. */
async function repeated(
  change: (entity: FileEntity) => BankRow,
  file?: (entity: FileEntity) => object,
) {
  const bank = bankOf('ann', 'ben');
  const twice = ENTITIES.map((entity) => {
    return [
      entity,
      [...bank[entity], { ...rowsAbout('ann')[entity], ...change(entity) }],
    ] as const;
  });
  const report = await load(Object.fromEntries(twice), file);
  return ENTITIES.map((entity) => {
    const refusals = report.refusals.filter(({ place }) => place.file === `${entity}.csv`);
    const told = refusals.map(({ place, code }) => `${code} in line ${place.line}`);
    return [entity, report.entities[entity]?.written, ...told] as const;
  });
}

const refused = (entity: FileEntity) => [entity, 2, 'DUPLICATE_KEY in line 4'];

describe('a key that stands twice in one file', () => {
  test('is refused with another value of the same time', async () => {
    const found = await repeated((entity) => OTHER[entity]);
    expect(found).toEqual(ENTITIES.map(refused));
  });

  test('is refused with another value of another time: it may be another thing', async () => {
    const found = await repeated((entity) => ({ ...OTHER[entity], recordedAt: LATER }));
    expect(found).toEqual(ENTITIES.map(refused));
  });

  test('is a version where the file holds history', async () => {
    const change = (entity: FileEntity) => ({ ...OTHER[entity], recordedAt: LATER });
    const found = await repeated(change, () => ({ holdsHistory: true }));
    expect(found).toEqual(ENTITIES.map((entity) => [entity, 3]));
  });

  test('is refused where it would move to another owner, history or not', async () => {
    const owned = (entity: FileEntity): BankRow => {
      const owner = OWNED_BY[entity];
      if (owner === undefined) return {};
      return { [owner]: rowsAbout('ben')[entity][owner], recordedAt: LATER };
    };
    const found = await repeated(owned, () => ({ holdsHistory: true }));
    expect(found.filter(([entity]) => OWNED_BY[entity] !== undefined)).toEqual(
      ENTITIES.filter((entity) => OWNED_BY[entity] !== undefined).map(refused),
    );
  });

  test('and says the same, is one, unless it is counted', async () => {
    const found = await repeated(() => ({}));
    const isCounted = (entity: FileEntity) => COUNTED.includes(entity);
    expect(found).toEqual(
      ENTITIES.map((entity) => (isCounted(entity) ? refused(entity) : [entity, 2])),
    );
  });

  test('88 times, leaves the first alone, and says so of 87', async () => {
    const bank = bankOf('ann');
    const rows = Array.from({ length: 88 }, (_, i) => ({
      ...rowsAbout('ann').transaction,
      amountMinor: `${i + 1}.00`,
      recordedAt: new Date(Date.parse(LATER) + i).toISOString(),
    }));
    const report = await load({ ...bank, transaction: rows });
    expect(report).toMatchObject({ rowsRefused: 87, entities: { transaction: { written: 1 } } });
    expect(report.refusalGroups).toMatchObject([{ count: 87, lines: [3, 4, 5, 6, 7] }]);
    const stored = await rig.rows('select amount_minor::int as amount from bank_transaction');
    expect(stored).toEqual([{ amount: 100 }]);
  });
});

test('a key in two files that say the same is one: deliveries overlap', async () => {
  const mapping = wholeMapping();
  const files = mapping.files.map((one) =>
    one.name === 'transaction.csv' ? { ...one, name: 'transaction*.csv' } : one,
  );
  const bank = wholeFiles(bankOf('ann'));
  const both = { ...bank, 'transaction-2.csv': bank['transaction.csv'] ?? '' };
  const result = await rig.loadFiles({ ...mapping, files }, both);
  expect(result).toMatchObject({
    value: { entities: { transaction: { written: 1, merged: 1, refused: 0 } } },
  });
});

describe('rows without an id', () => {
  const key = ['arrangementId', 'effectiveAt', 'amountMinor'];
  const occurrence = (entity: FileEntity) => {
    if (entity !== 'transaction') return {};
    const [{ records } = { records: [] }] = wholeMapping().files.filter(
      ({ name }) => name === 'transaction.csv',
    );
    const [record] = records;
    const transactionId = { columns: key, join: ' ', transforms: ['occurrence'] };
    return { records: [{ ...record, fields: { ...record?.fields, transactionId } }] };
  };
  const purchase = (day: number, amountMinor: string): BankRow => ({
    ...rowsAbout('ann').transaction,
    effectiveAt: `2026-01-0${day}T08:00:00.000Z`,
    amountMinor,
  });
  const rows = ['3.00', '3.00', '4.00', '3.00'].map((amount) => purchase(5, amount));
  const sums = () =>
    rig.rows('select count(*)::int as n, sum(amount_minor)::int as sum from bank_transaction');

  test('are as many as there are, however equal, and the same when delivered again', async () => {
    const bank = { ...bankOf('ann'), transaction: [...rows, purchase(6, '3.00')] };
    const report = await load(bank, occurrence);
    expect(report.rowsRefused).toBe(0);
    expect(await sums()).toEqual([{ n: 5, sum: 1600 }]);
    const again = await load(bank, occurrence);
    expect(again).toMatchObject({ rowsRefused: 0, recordsWritten: 0 });
    const more = { ...bank, transaction: [...bank.transaction, purchase(5, '3.00')] };
    expect((await load(more, occurrence)).entities.transaction).toMatchObject({ written: 1 });
    expect(await sums()).toEqual([{ n: 6, sum: 1900 }]);
    const ids = await rig.rows(`select transaction_id as id from bank_transaction
      where amount_minor = 300 and effective_at < '2026-01-06' order by 1`);
    const id = 'acc-ann 2026-01-05T08:00:00.000Z 3.00';
    expect(ids.map((row) => row.id)).toEqual([id, `${id}#2`, `${id}#3`, `${id}#4`]);
  });
});
