import { expect, test } from '@jest/globals';
import type { ConsentRecord } from '../../domain/bank-record.ts';
import { mergesKnownAt } from '../../domain/merged-numbers.ts';
import { stricterConsents } from './stricter-consents.ts';

const day = (date: string) => `2026-${date}T08:00:00.000Z`;
/** `a MARKETING EMAIL GIVEN 03-01`: said and known on the first of March under the number a. */
const said = (line: string): ConsentRecord => {
  const [partyId, purpose, channel, state, date = '', known = date, end] = line.split(' ');
  const expires = end !== undefined && { expiresOn: `2026-${end}` };
  const row = { partyId, purpose, channel, state, ...expires };
  return { ...row, effectiveAt: day(date), recordedAt: day(known) } as ConsentRecord;
};

/** On the first of June `a` was merged into `b`, on the first of July `b` into `c`. */
const MERGES = mergesKnownAt(
  [
    { partyId: 'a', survivorId: 'b', recordedAt: day('06-01') },
    { partyId: 'b', survivorId: 'c', recordedAt: day('07-01') },
  ],
  day('12-31'),
);
const CUT = { businessDate: '2026-08-15', knownAt: day('12-31'), merges: MERGES };

test.each<[string, readonly string[], readonly string[]]>([
  [
    'a withdrawal beats a later yes of another number',
    ['a MARKETING EMAIL WITHDRAWN 01-10', 'b MARKETING EMAIL GIVEN 05-10'],
    ['a EMAIL WITHDRAWN'],
  ],
  [
    'so does one for any channel',
    ['a MARKETING ANY OBJECTED 01-10', 'b MARKETING EMAIL GIVEN 05-10'],
    ['a ANY OBJECTED'],
  ],
  [
    'but not where that number has said yes for the channel since',
    [
      'a MARKETING ANY WITHDRAWN 01-10',
      'a MARKETING EMAIL GIVEN 02-10',
      'b MARKETING EMAIL GIVEN 05-10',
    ],
    ['a ANY WITHDRAWN', 'a EMAIL GIVEN', 'b EMAIL GIVEN'],
  ],
  [
    'a no for any channel overrides an earlier yes for one',
    [
      'a MARKETING EMAIL GIVEN 01-10',
      'a MARKETING ANY WITHDRAWN 02-10',
      'b MARKETING EMAIL GIVEN 05-10',
    ],
    ['a EMAIL GIVEN', 'a ANY WITHDRAWN'],
  ],
  [
    'a yes of one number stands where the other has said nothing of it',
    ['a MARKETING EMAIL GIVEN 01-10', 'b PROFILING EMAIL WITHDRAWN 05-10'],
    ['a EMAIL GIVEN', 'b EMAIL WITHDRAWN'],
  ],
  [
    'a no for one channel leaves a yes for any to the others',
    ['a MARKETING EMAIL WITHDRAWN 01-10', 'b MARKETING ANY GIVEN 05-10'],
    ['a EMAIL WITHDRAWN', 'b ANY GIVEN'],
  ],
  [
    'a yes that is said after they became one stands by time',
    ['a MARKETING EMAIL WITHDRAWN 01-10', 'b MARKETING EMAIL GIVEN 06-10'],
    ['a EMAIL WITHDRAWN', 'b EMAIL GIVEN'],
  ],
  [
    'each pair became one at its own time',
    ['c MARKETING EMAIL WITHDRAWN 01-10', 'b MARKETING EMAIL GIVEN 06-10'],
    ['c EMAIL WITHDRAWN'],
  ],
  [
    'a no to come counts, a yes to come does not take it back',
    [
      'a MARKETING EMAIL WITHDRAWN 01-10',
      'a MARKETING EMAIL GIVEN 09-10 01-11',
      'b MARKETING EMAIL GIVEN 05-10',
    ],
    ['a EMAIL WITHDRAWN', 'a EMAIL GIVEN'],
  ],
  [
    'a correction is the last word of its number',
    [
      'a MARKETING EMAIL WITHDRAWN 01-10 01-10',
      'a MARKETING EMAIL GIVEN 01-10 01-20',
      'b MARKETING EMAIL GIVEN 05-10',
    ],
    ['a EMAIL GIVEN', 'b EMAIL GIVEN'],
  ],
  [
    'of one instant the no stands, even beside a yes that is known later',
    ['a MARKETING EMAIL WITHDRAWN 01-10', 'b MARKETING EMAIL GIVEN 01-10 08-01'],
    ['a EMAIL WITHDRAWN'],
  ],
  [
    'of one instant the yes that ends first stands',
    ['a MARKETING EMAIL GIVEN 01-10 01-10 12-01', 'b MARKETING EMAIL GIVEN 01-10'],
    ['a EMAIL GIVEN'],
  ],
])('%s', (_what, lines, expected) => {
  const of = (order: readonly string[]) => {
    const numbers = order.map((customerId) => {
      const rows = lines.map(said).filter(({ partyId }) => partyId === customerId);
      return { customerId, rows };
    });
    const left = stricterConsents(numbers, CUT);
    return left.map(({ partyId, channel, state }) => `${partyId} ${channel} ${state}`);
  };
  expect(of(['a', 'b', 'c']).toSorted()).toEqual(expected.toSorted());
  expect(of(['c', 'b', 'a']).toSorted()).toEqual(expected.toSorted());
});
