import { describe, expect, test } from '@jest/globals';
import {
  historyOf,
  LINEAGE,
  LONG_AGO,
  sheetOf,
  sheetOfHistory,
  TODAY,
  told,
} from '../../../../test/support/customer-history.ts';
import type { CreditApplicationRecord } from '../../../domain/bank-record.ts';

const FACTS = ['openCount', 'openKinds', 'daysSinceDeclined'].map(
  (name) => `creditApplications.${name}`,
);

const applied = (
  id: string,
  state: CreditApplicationRecord['state'],
  more: Partial<CreditApplicationRecord> = {},
): CreditApplicationRecord => ({
  applicationId: id,
  partyId: 'c1',
  productKind: 'LOAN',
  appliedOn: '2026-05-01',
  state,
  stateSince: '2026-05-01',
  recordedAt: LONG_AGO,
  ...more,
});
const declinedOn = (stateSince: string) => ({ stateSince });
const later = { recordedAt: '2026-06-01T00:00:00.000Z' };

describe('what the customer asked to be lent', () => {
  test.each<[string, readonly CreditApplicationRecord[], readonly unknown[]]>([
    ['nothing', [], [0, [], 'n/a']],
    ['one that nobody decided', [applied('1', 'OPEN')], [1, ['LOAN'], 'n/a']],
    [
      'several, of two kinds',
      [
        applied('1', 'OPEN'),
        applied('2', 'OPEN', { productKind: 'CARD' }),
        applied('3', 'OPEN'),
        applied('4', 'APPROVED', { productKind: 'MORTGAGE' }),
      ],
      [3, ['CARD', 'LOAN'], 'n/a'],
    ],
    [
      'one that was declined, and one long before',
      [
        applied('1', 'DECLINED', declinedOn('2026-06-20')),
        applied('2', 'DECLINED', declinedOn('2026-05-02')),
      ],
      [0, [], 10],
    ],
    ['one declined today', [applied('1', 'DECLINED', declinedOn(TODAY))], [0, [], 0]],
    [
      'one that will be declined',
      [applied('1', 'DECLINED', declinedOn('2026-07-09'))],
      [0, [], 0],
    ],
    ['one that was taken back', [applied('1', 'WITHDRAWN')], [0, [], 'n/a']],
    [
      'one that was declined once it was open',
      [applied('1', 'OPEN'), applied('1', 'DECLINED', { ...declinedOn('2026-06-01'), ...later })],
      [0, [], 29],
    ],
    [
      'one that is known by tomorrow only',
      [
        applied('1', 'OPEN'),
        applied('1', 'DECLINED', { recordedAt: '2026-07-01T00:00:00.000Z' }),
      ],
      [1, ['LOAN'], 'n/a'],
    ],
    ['one of a day to come', [applied('1', 'OPEN', { appliedOn: '2026-07-01' })], [0, [], 'n/a']],
    ['one of somebody else', [applied('1', 'OPEN', { partyId: 'c2' })], [0, [], 'n/a']],
  ])('%s', (_what, rows, expected) => {
    const sheet = sheetOf({ credit_application: rows });
    expect(FACTS.map((name) => told(sheet, name))).toEqual(expected);
  });

  test.each(['NOT_COVERED', 'SOURCE_DOWN', 'STALE'] as const)(
    'is unavailable where the part is %s, and never none',
    (reason) => {
      const history = historyOf({ credit_application: [applied('1', 'WITHDRAWN')] });
      const sheet = sheetOfHistory({
        ...history,
        creditApplications: { state: 'FAILED', reason },
      });
      const cause = `${reason} creditApplications`;
      expect(FACTS.map((name) => told(sheet, name))).toEqual(FACTS.map(() => cause));
    },
  );

  test('is unavailable where a record of it was lost', () => {
    const spoilt = { ...LINEAGE, spoiltSince: LONG_AGO };
    const part = { state: 'READ', value: [], lineage: [spoilt] } as const;
    const sheet = sheetOfHistory({ ...historyOf({}), creditApplications: part });
    expect(told(sheet, 'creditApplications.openCount')).toBe('NOT_COVERED creditApplications');
  });
});
