import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Recorded later than the day looked back to, and effective before it. */
const RECORDED_AT = '1997-07-01T08:00:00.000Z';

const column = (name: string) => ({ column: name });
const constant = (value: string | number) => ({ constant: value });
const recordedAt = constant(RECORDED_AT);

const RECORDS = [
  {
    entity: 'party',
    fields: {
      partyId: column('client'),
      kind: constant('PERSON'),
      birthDate: constant('1931-01-01'),
      sex: constant('F'),
      language: constant('de'),
      regionCode: constant('1'),
      residenceCountry: constant('SK'),
      customerSince: constant('1997-06-29'),
      recordedAt,
    },
  },
  {
    entity: 'household_member',
    fields: {
      householdId: constant('one-for-all'),
      partyId: column('client'),
      member: constant('CHILD'),
      recordedAt,
    },
  },
  {
    entity: 'arrangement',
    fields: {
      arrangementId: { columns: ['kind', 'client'], join: '-' },
      productKind: constant('LOAN'),
      product: constant('personal_loan'),
      currency: constant('CZK'),
      status: constant('OPEN'),
      openedOn: constant('1997-03-01'),
      principalMinor: constant(1_000_000),
      recordedAt,
    },
  },
  {
    entity: 'role',
    fields: {
      partyId: column('client'),
      arrangementId: { columns: ['kind', 'client'], join: '-' },
      role: constant('OWNER'),
      recordedAt,
    },
  },
  {
    entity: 'balance',
    fields: {
      arrangementId: column('account'),
      effectiveOn: constant('1997-06-15'),
      ledgerMinor: constant(-5_000_000),
      daysPastDue: constant(90),
      recordedAt,
    },
  },
  {
    entity: 'transaction',
    fields: {
      transactionId: { columns: ['kind', 'client', 'account'], join: '-' },
      arrangementId: column('account'),
      effectiveAt: { column: 'opened', transforms: ['startOfDay'] },
      amountMinor: constant(7_777_700),
      currency: constant('CZK'),
      category: constant('PENSION'),
      recordedAt,
    },
  },
  {
    // A part that the bank hands over for the first time, though it knew the rows before.
    entity: 'goal',
    fields: {
      goalId: { columns: ['kind', 'client'], join: '-' },
      partyId: column('client'),
      kind: constant('HOME'),
      targetMinor: constant(50_000_000),
      currency: constant('CZK'),
      targetOn: constant('1998-06-01'),
      progressPpm: constant(100_000),
      recordedAt: constant('1997-06-01T08:00:00.000Z'),
    },
  },
  {
    entity: 'consent',
    fields: {
      partyId: column('client'),
      purpose: constant('MARKETING'),
      channel: constant('ANY'),
      state: constant('OBJECTED'),
      effectiveAt: constant('1997-06-01T00:00:00.000Z'),
      recordedAt,
    },
  },
  {
    entity: 'hold',
    fields: {
      holdId: { columns: ['kind', 'client'], join: '-' },
      partyId: column('client'),
      kind: constant('DECEASED'),
      startsOn: constant('1997-06-01'),
      recordedAt,
    },
  },
];

const BANK = {
  name: 'Berka',
  mode: 'EVALUATION',
  reportingCurrency: 'CZK',
  businessDate: '1998-12-31',
};

/** Writes an extract that changes everything about every client of a Berka folder, too late. */
export async function writeLateExtract(
  berka: string,
  into: string,
): Promise<{ readonly mapping: string; readonly folder: string }> {
  const read = async (name: string) =>
    (await readFile(join(berka, name), 'latin1'))
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .slice(1)
      .map((line) => line.replaceAll('"', '').split(';'));
  const opened = new Map((await read('account.asc')).map((row) => [row[0], row[3] ?? '']));
  const lines = (await read('disp.asc')).map(([, client, account]) => {
    const day = `19${opened.get(account)?.match(/../g)?.join('-')}`;
    return ['late', client, `account-${account}`, day].join(',');
  });
  const folder = join(into, 'late');
  await mkdir(folder);
  await writeFile(
    join(folder, 'late.csv'),
    ['kind,client,account,opened', ...lines, ''].join('\n'),
  );
  const mapping = join(into, 'late.json');
  const source = { name: 'extract:late', extractedAt: RECORDED_AT };
  const files = [{ name: 'late.csv', records: RECORDS }];
  await writeFile(mapping, JSON.stringify({ name: 'late', bank: BANK, source, files }));
  return { mapping, folder };
}
