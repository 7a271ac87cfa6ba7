import type { Delivery, RecordIntake, Settled } from '../../src/app/ports/record-intake.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';

/** An entity and what a record of it states beside the defaults. */
export type Given = readonly [Entity, Partial<BankRecords[Entity]>];

/** When records are known unless they say otherwise, and when the extract was taken. */
export const DAY = '2026-01-01T00:00:00.000Z';
export const LATER = '2026-02-01T00:00:00.000Z';
const DEFAULTS: { readonly [E in Entity]?: object } = {
  party: { kind: 'PERSON', recordedAt: DAY },
  arrangement: {
    productKind: 'LOAN',
    product: 'loan',
    currency: 'EUR',
    status: 'OPEN',
    openedOn: '2025-12-01',
    recordedAt: DAY,
  },
  role: { role: 'OWNER', recordedAt: DAY },
  transaction: {
    effectiveAt: '2025-12-20T08:00:00.000Z',
    amountMinor: 100,
    currency: 'EUR',
    recordedAt: DAY,
  },
  household_member: { member: 'HEAD', recordedAt: DAY },
  response: { kind: 'ACCEPTED', respondedAt: DAY, recordedAt: DAY },
};

export type SettleRecordsOptions = Partial<Delivery> & { readonly end?: 'rollback' };

/** Gives records, one a line of `f.csv` from line 2 on, settles, commits unless told not to. */
export async function settleRecords(
  store: RecordIntake,
  given: readonly Given[],
  options: SettleRecordsOptions,
): Promise<Settled> {
  const transaction = await store.begin();
  for (const [i, [entity, fields]] of given.entries()) {
    const record = { ...DEFAULTS[entity], ...fields } as BankRecords[Entity];
    await transaction.add(entity, [{ record, place: { file: 'f.csv', line: i + 2 } }]);
  }
  const settled = await transaction.settle({
    system: 'extract:test',
    asOf: LATER,
    entities: given.map(([entity]) => entity),
    missing: [],
    coverageByKey: [],
    whole: [],
    ends: [],
    historyFiles: [],
    occurrences: [],
    told: [],
    ...options,
  });
  if (options.end === 'rollback') await transaction.rollback();
  else {
    await transaction.commit({
      bank: {
        name: 'B',
        mode: 'BANK',
        businessDate: '2026-02-01',
        reportingCurrency: 'EUR',
      },
      mappingName: 'm',
      mappingDigest: 'sha256:0',
      actor: 'tester',
      startedAt: LATER,
      finishedAt: LATER,
      rowsRead: given.length,
      rowsRefused: settled.rowsRefused.values().reduce((sum, rows) => sum + rows, 0),
    });
  }
  return settled;
}
