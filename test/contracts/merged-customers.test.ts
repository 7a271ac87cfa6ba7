import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBook } from '../../src/adapters/postgres/bank/book.ts';
import { createCustomerDirectory } from '../../src/adapters/postgres/bank/customer-directory.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createPostingPages } from '../../src/adapters/postgres/bank/posting-pages.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { createPostingLoader } from '../../src/app/customer360/posting-loader.ts';
import { readPostings } from '../../src/app/customer360/read-postings.ts';
import { type Customer360, PART_NAMES, type Part } from '../../src/domain/customer360.ts';
import { END_OF_TIME } from '../../src/domain/instant.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { liveStateOf } from '../../src/engine/point-in-time/live-state-of.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { PRESENT } from '../support/live-versions.ts';
import {
  type BankRow,
  type BankRows,
  bankOf,
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

const NOON = '2026-03-01T12:00:00.000Z';
const MERGED = '2026-02-20T08:00:00.000Z';
const merge = (partyId: string, survivorId: string, recordedAt = MERGED): BankRow => ({
  partyId,
  survivorId,
  recordedAt,
});

/** The plainest files, with one of merges; what is refused is skipped. */
async function load(rows: BankRows, extractedAt = '2026-02-25T08:00:00.000Z') {
  const plain = wholeMapping({ extractedAt });
  const fields = Object.fromEntries(
    ['partyId', 'survivorId', 'recordedAt'].map((field) => [field, { column: field }]),
  );
  const merges = {
    name: 'party_merge.csv',
    optional: true,
    mayBeEmpty: true,
    records: [{ entity: 'party_merge', fields }],
  };
  const mapping = { ...plain, files: [...plain.files, merges] };
  const result = await rig.loadFiles(mapping, wholeFiles(rows), { skipRefused: true });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const loaders = () =>
  createCustomerLoaders(createCustomerSource(rig.database), { now: () => NOON });
const historyOf = (id: string) => loaders().historyOf(id);
const viewOf = async (id: string, at: string = END_OF_TIME) =>
  knownAt(await historyOf(id), { businessDate: '2026-02-20', knownAt: at });
const momentOf = async (id: string) => {
  const moment = (await createMomentReader(rig.database).readMoments([id])).get(id);
  if (moment === undefined) throw new Error(`${id} is no customer`);
  return moment;
};

function read<T>(part: Part<T>): T {
  if (part.state === 'FAILED') throw new Error(`a part is ${part.reason}`);
  return part.value;
}

/** What of a customer's view shows the records of an entity, by their ids or keys. */
const SHOWN: { readonly [E in FileEntity]: (view: Customer360) => readonly unknown[] } = {
  party: (view) => [read(view.profile).party.partyId],
  region: (view) => [read(view.profile).region?.regionCode],
  household_member: (view) => read(view.household).map((row) => row.partyId),
  arrangement: (view) => read(view.arrangements).map((row) => row.arrangement.arrangementId),
  role: (view) => read(view.arrangements).map((row) => `${row.role} of ${row.sharers}`),
  balance: (view) => read(view.arrangements).map((row) => row.balance?.ledgerMinor),
  transaction: (view) => read(view.transactions).transactions.map((row) => row.transactionId),
  interaction: (view) => read(view.interactions).map((row) => row.interactionId),
  consent: (view) => read(view.consents).map((row) => `${row.partyId} ${row.state}`),
  hold: (view) => read(view.holds).map((row) => row.holdId),
  contact: (view) => read(view.campaigns).contacts.map((row) => row.contactId),
  response: (view) => read(view.campaigns).responses.map((row) => row.responseId),
  goal: (view) => read(view.goals).map((row) => row.goalId),
  credit_application: (view) => read(view.creditApplications).map((row) => row.applicationId),
  relationship_value: (view) => [read(view.relationshipValue)?.marginMinor],
  relationship_manager: () => [],
};

/** What is shown of `ben` before and after `ann` was merged into him. */
const BOTH: { readonly [E in FileEntity]: readonly [before: unknown[], after: unknown[]] } = {
  // Who the customer is the surviving number says; so it does of its own worth.
  party: [['ben'], ['ben']],
  region: [['reg-ben'], ['reg-ben']],
  household_member: [['ben'], ['ben']],
  arrangement: [['acc-ben'], ['acc-ann', 'acc-ben']],
  role: [['OWNER of 1'], ['OWNER of 1', 'OWNER of 1']],
  balance: [[500], [500, 500]],
  transaction: [['t-ben'], ['t-ann', 't-ben']],
  interaction: [['i-ben'], ['i-ann', 'i-ben']],
  consent: [['ben GIVEN'], ['ben WITHDRAWN']],
  hold: [['h-ben'], ['h-ann', 'h-ben']],
  contact: [['con-ben'], ['con-ann', 'con-ben']],
  response: [['r-ben'], ['r-ann', 'r-ben']],
  goal: [['g-ben'], ['g-ann', 'g-ben']],
  credit_application: [['ap-ben'], ['ap-ann', 'ap-ben']],
  relationship_value: [[900], [900]],
  relationship_manager: [[], []],
};

/** Two customers with a record of each kind; only the one that is given up said no. */
function twoCustomers(): BankRows {
  const bank = bankOf('ann', 'ben');
  const no = { ...rowsAbout('ann').consent, state: 'WITHDRAWN' };
  return { ...bank, consent: [no, rowsAbout('ben').consent] };
}

/** A view without the sources, of which a later delivery says more. */
const valuesOf = (view: Customer360) =>
  PART_NAMES.map((part) => (view[part].state === 'READ' ? view[part].value : view[part]));

describe('two customers of whom one was merged into the other', () => {
  test.each(Object.entries(BOTH))(
    '%s: both count from then on',
    async (entity, [before, after]) => {
      const shows = SHOWN[entity as FileEntity];
      await load(twoCustomers());
      const alone = await viewOf('ben');
      expect(shows(alone)).toEqual(before);
      await load({ party_merge: [merge('ann', 'ben')] });
      expect(shows(await viewOf('ben'))).toEqual(after);
      const past = await viewOf('ben', '2026-02-20T07:59:59.999Z');
      expect(valuesOf(past)).toEqual(valuesOf(alone));
    },
  );

  test('are two as of before, each with its own', async () => {
    await load(twoCustomers());
    const before = [await viewOf('ann'), await viewOf('ben')];
    await load({ party_merge: [merge('ann', 'ben')] });
    const past = '2026-02-20T07:59:59.999Z';
    const after = [await viewOf('ann', past), await viewOf('ben', past)];
    expect(after.map(valuesOf)).toEqual(before.map(valuesOf));
  });

  test('have one live state at the moment, which the history tells too', async () => {
    await load(twoCustomers());
    const [ann, ben] = [await momentOf('ann'), await momentOf('ben')];
    await load({ party_merge: [merge('ann', 'ben')] });
    const moment = await momentOf('ben');
    const live = liveStateOf(moment.versions, PRESENT);
    expect(live).toMatchObject({ consents: [{ state: 'WITHDRAWN' }] });
    expect(live.failures).toBeUndefined();
    expect(live.holds).toHaveLength(2);
    expect(live.contacts).toHaveLength(2);
    expect(live).toEqual(liveStateOf(await historyOf('ben'), PRESENT));
    // It rests on the sources of both, and on the merge itself.
    expect(moment.watermark).toBe(ann.watermark + ben.watermark + 1);
    expect(moment.customer).toBe(ben.customer);
  });

  test.each([
    ['ann', 'ben', 'cid'],
    ['ben', 'ann', 'cid'],
    ['cid', 'ben', 'ann'],
  ])('have one live state whichever merge was delivered first: %s', async (...order) => {
    const bank = bankOf('ann', 'ben', 'cid', 'dan');
    await load(bank);
    const rows = new Map([
      ['ann', merge('ann', 'ben')],
      ['ben', merge('ben', 'dan')],
      ['cid', merge('cid', 'dan')],
    ]);
    for (const id of order) await load({ party_merge: [rows.get(id) ?? {}] });
    const { versions } = await momentOf('dan');
    const holds = liveStateOf(versions, PRESENT).holds ?? [];
    expect(holds).toHaveLength(4);
    expect(SHOWN.arrangement(await viewOf('dan'))).toEqual([
      ...['acc-ann', 'acc-ben', 'acc-cid', 'acc-dan'],
    ]);
    expect(liveStateOf(versions, PRESENT)).toEqual(liveStateOf(await historyOf('dan'), PRESENT));
  });

  test('part again where history says that it was another', async () => {
    await load(bankOf('ann', 'ben', 'cid'));
    await load({ party_merge: [merge('ann', 'ben')] });
    const before = (await momentOf('ben')).watermark;
    await rig.database.query(`insert into bank_party_merge values ('ann', 'cid', '2026-02-21Z')`);
    expect(SHOWN.hold(await viewOf('ben'))).toEqual(['h-ben']);
    expect(SHOWN.hold(await viewOf('ben', MERGED))).toEqual(['h-ann', 'h-ben']);
    expect(SHOWN.hold(await viewOf('cid'))).toEqual(['h-ann', 'h-cid']);
    // It never falls: a snapshot that knew more would be taken for a newer one.
    expect((await momentOf('ben')).watermark).toBe(before);
  });

  test('hold an account of both once, as long as one of them does', async () => {
    const bank = twoCustomers();
    const joint = { ...rowsAbout('ann').role, partyId: 'ben', role: 'JOINT' };
    const left = { ...rowsAbout('ann').role, endedOn: '2026-02-10', recordedAt: MERGED };
    const again = { ...rowsAbout('ann').role, partyId: 'ben' };
    await load(bank);
    await load({ role: [joint], party_merge: [merge('ann', 'ben')] });
    expect(SHOWN.role(await viewOf('ben'))).toEqual(['OWNER of 1', 'OWNER of 1']);
    await load({ role: [again] });
    await load({ role: [left] });
    expect(SHOWN.role(await viewOf('ben'))).toEqual(['OWNER of 1', 'OWNER of 1']);
  });

  test('are listed as one, and in the book of whoever has the surviving one', async () => {
    const bank = bankOf('ann', 'ben', 'cid');
    const [ann = {}, ben = {}] = bank.relationship_manager;
    await load({ ...bank, relationship_manager: [{ ...ann, managerId: 'm2' }, ben] });
    const book = createBook(rig.database);
    const directory = createCustomerDirectory(rig.database);
    const listed = async (manager?: string) => {
      const bound = manager === undefined ? {} : { book: manager };
      return (await directory.page({ after: null, first: 10, ...bound })).customerIds;
    };
    expect(await listed('m2')).toEqual(['ann']);
    await load({ party_merge: [merge('ann', 'ben')] });
    expect([...(await book.managersOf(['ann', 'ben', 'cid']))]).toEqual([
      ...[
        ['ann', 'm1'],
        ['ben', 'm1'],
        ['cid', null],
      ],
    ]);
    expect([await listed(), await listed('m1'), await listed('m2')]).toEqual([
      ...[['ben', 'cid'], ['ben'], []],
    ]);
    expect(await directory.count()).toBe(2);
    // Of whom it was never told whose it is, the last of the others tells.
    await load({ party_merge: [merge('ben', 'cid')] });
    expect([...(await book.managersOf(['ann', 'ben', 'cid'])).values()]).toEqual([
      'm1',
      'm1',
      'm1',
    ]);
    expect([await listed('m1'), await listed('m2')]).toEqual([['cid'], []]);
  });

  test('have one list of postings, page after page', async () => {
    await load(twoCustomers());
    await load({ party_merge: [merge('ann', 'ben')] });
    const pageOf = async (skip: number, most: number) => {
      const part = await readPostings(
        'ben',
        { filter: {}, until: END_OF_TIME, skip, most },
        {
          loaders: loaders(),
          postings: createPostingLoader(createPostingPages(rig.database, 2)),
          moment: { businessDate: '2026-02-20', now: NOON, ageLimits: null },
        },
      );
      return read(part).transactions.map((row) => row.transactionId);
    };
    expect(await pageOf(0, 10)).toHaveLength(2);
    const pages = [...(await pageOf(0, 1)), ...(await pageOf(1, 1)), ...(await pageOf(2, 1))];
    expect(pages.toSorted()).toEqual(['t-ann', 't-ben']);
  });
});

describe('a merge that was refused and skipped', () => {
  test.each(['ann', 'ben'])('leaves %s unknown until merges are told whole', async (id) => {
    await load(twoCustomers());
    const before = (await momentOf(id)).watermark;
    await load({ party_merge: [{ ...merge('ann', 'ben'), recordedAt: 'then' }] });
    const moment = await momentOf(id);
    const view = await viewOf(id);
    expect(PART_NAMES.map((part) => view[part].state)).toEqual(PART_NAMES.map(() => 'FAILED'));
    expect(liveStateOf(moment.versions, PRESENT).holds).toBeNull();
    expect(moment.watermark).toBeGreaterThan(before);
  });

  test('leaves everybody unknown where nobody can say whose it was', async () => {
    await load(bankOf('ann', 'ben'));
    await load({ party_merge: [{ partyId: '', survivorId: '', recordedAt: MERGED }] });
    const { versions } = await momentOf('ann');
    expect(liveStateOf(versions, PRESENT).consents).toBeNull();
  });
});
