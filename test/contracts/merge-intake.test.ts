import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MOST_MERGES } from '../../src/domain/merged-numbers.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import {
  DAY,
  type Given,
  LATER,
  type SettleRecordsOptions,
  settleRecords,
} from '../support/settle-records.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const party = (partyId: string): Given => ['party', { partyId }];
const merge = (partyId: string, survivorId: string, recordedAt = DAY): Given => [
  'party_merge',
  { partyId, survivorId, recordedAt },
];

/** How the merges of a delivery fared: those refused, by line and code. */
async function settle(given: readonly Given[], options: SettleRecordsOptions = {}) {
  const { counts, refusals } = await settleRecords(rig.intake, given, options);
  const refused = refusals.map(({ code, field, place }) => `${place.line} ${field} ${code}`);
  return { written: counts.get('party_merge')?.written ?? 0, refused };
}

const PEOPLE = ['ann', 'ben', 'cid', 'dan'].map(party);
const stored = async () => {
  const rows = await rig.rows('select * from bank_party_merge order by party_id, recorded_at');
  return rows.map((row) => `${row.party_id} in ${row.survivor_id}`);
};

describe('a merge of two customers', () => {
  test.each<[string, readonly Given[], readonly string[]]>([
    ['of a number with itself', [merge('ann', 'ann')], ['6 survivorId MERGE_LOOP']],
    ['into a number that nobody told of', [merge('ann', 'eve')], ['6 survivorId ORPHAN']],
    ['of a number that nobody told of', [merge('eve', 'ann')], ['6 partyId ORPHAN']],
    [
      'that leads back over others',
      [merge('ann', 'ben'), merge('ben', 'cid'), merge('cid', 'ann')],
      ['6 survivorId MERGE_LOOP', '7 survivorId MERGE_LOOP', '8 survivorId MERGE_LOOP'],
    ],
    [
      'into two others of one time',
      [merge('ann', 'ben'), merge('ann', 'cid')],
      ['7 survivorId DUPLICATE_KEY'],
    ],
    [
      'into two others, one after the other',
      [merge('ann', 'ben'), merge('ann', 'cid', LATER)],
      ['7 recordedAt DUPLICATE_KEY'],
    ],
  ])('%s is refused by name', async (_what, merges, expected) => {
    const { refused } = await settle([...PEOPLE, ...merges]);
    expect(refused).toEqual(expected);
  });

  test('is taken beside others, and told again changes nothing', async () => {
    const all = [...PEOPLE, merge('ann', 'ben'), merge('ben', 'cid'), merge('dan', 'cid')];
    expect(await settle(all)).toEqual({ written: 3, refused: [] });
    expect(await settle(all)).toEqual({ written: 0, refused: [] });
    expect(await settle([merge('ann', 'ben', LATER)])).toEqual({ written: 0, refused: [] });
    expect(await stored()).toEqual(['ann in ben', 'ben in cid', 'dan in cid']);
  });

  test('is refused where what is stored leads back', async () => {
    await settle([...PEOPLE, merge('ann', 'ben'), merge('ben', 'cid')]);
    const { refused } = await settle([merge('cid', 'ann', LATER)]);
    expect(refused).toEqual(['2 survivorId MERGE_LOOP']);
  });

  test('into another than is stored is refused, but from a file that holds history', async () => {
    await settle([...PEOPLE, merge('ann', 'ben')]);
    const other = [merge('ann', 'cid', LATER)];
    expect(await settle(other)).toEqual({
      written: 0,
      refused: ['2 survivorId CONFLICTS_WITH_STORED'],
    });
    const declared = { historyFiles: ['f.csv'] };
    expect(await settle(other, declared)).toEqual({ written: 1, refused: [] });
    // What the last version says may be told by any file, and so may the version before.
    expect(await settle(other)).toEqual({ written: 0, refused: [] });
    expect(await settle([merge('ann', 'ben')])).toEqual({ written: 0, refused: [] });
    expect(await stored()).toEqual(['ann in ben', 'ann in cid']);
  });

  test.each(['together', 'backwards', 'last first'])(
    'no more than the declared number may follow one another, told %s',
    async (how) => {
      const numbers = Array.from({ length: MOST_MERGES + 2 }, (_, i) => `p${i}`);
      const steps = numbers.slice(1).map((to, i) => merge(numbers[i] ?? '', to));
      const allowed = steps.slice(0, MOST_MERGES);
      await settle(numbers.map(party));
      if (how === 'together') {
        const { written, refused } = await settle(steps);
        expect(refused).toHaveLength(5);
        expect(written).toBe(0);
        return;
      }
      const ordered = how === 'backwards' ? allowed.toReversed() : allowed;
      for (const one of ordered) expect(await settle([one])).toEqual({ written: 1, refused: [] });
      const tooMany = steps.slice(MOST_MERGES);
      expect((await settle(tooMany)).refused).toEqual(['2 survivorId MERGE_CHAIN']);
      // What is stored is told again, whatever comes with it.
      expect(await settle([...allowed, ...tooMany])).toEqual({
        written: 0,
        refused: [`${MOST_MERGES + 2} survivorId MERGE_CHAIN`],
      });
    },
  );
});

test('a merge moves the watermark of the number given up, and opens no customer', async () => {
  await settle(PEOPLE);
  const before = await rig.rows('select party_id from customer order by 1');
  await settle([merge('ann', 'ben')]);
  const moved = await rig.rows(`select party_id, version from watermark where part = 'merges'`);
  expect(moved).toEqual([{ party_id: 'ann', version: 1 }]);
  expect(await rig.rows('select party_id from customer order by 1')).toEqual(before);
});
