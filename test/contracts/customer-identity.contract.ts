import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerIdentities } from '../../src/app/ports/customer-identity.ts';
import type { PartyIdentity, PartyRecord } from '../../src/domain/bank-record.ts';
import { arrangement, person } from '../support/customer-history.ts';

export interface IdentityWorld {
  readonly identities: CustomerIdentities;
  readonly close: () => Promise<void>;
}

type Version = Partial<PartyRecord>;
const EARLY = { recordedAt: '2026-01-01T00:00:00.000Z' };
const LATER = { recordedAt: '2026-02-01T00:00:00.000Z' };
const ann = { givenName: 'Ann', familyName: 'Lee', birthDate: '1990-05-06' } as const;
const firm = { organisationName: 'Lee & Co', email: 'lee@example.com', phone: '+43 1' } as const;

/** What was handed over of a party, and who that makes it; undefined: nobody knows. */
const CASES: readonly (readonly [string, readonly Version[], PartyIdentity | undefined])[] = [
  ['who states all', [{ ...EARLY, ...ann, ...firm }], { ...ann, ...firm }],
  ['of whom other things are known too', [{ ...EARLY, ...ann, city: 'Wien' }], ann],
  ['who states nothing', [{ ...EARLY, city: 'Wien' }], undefined],
  ['of whom nothing was handed over', [], undefined],
  [
    'whose later version states less: it is not filled up from the one before',
    [
      { ...EARLY, ...ann },
      { ...LATER, givenName: 'Anna' },
    ],
    { givenName: 'Anna' },
  ],
  [
    'whose versions came in another order',
    [
      { ...LATER, givenName: 'Anna' },
      { ...EARLY, ...ann },
    ],
    { givenName: 'Anna' },
  ],
  [
    'who took it back',
    [
      { ...EARLY, ...ann },
      { ...LATER, city: 'Wien' },
    ],
    undefined,
  ],
  [
    'who states it later',
    [
      { ...EARLY, city: 'Wien' },
      { ...LATER, ...ann },
    ],
    ann,
  ],
];

export const IDENTITY_PARTIES = CASES.flatMap(([, versions], i) =>
  versions.map((version) => person({ partyId: `P-${i}`, ...version })),
);
const account = (id: string, more: object) => arrangement(id, 'CURRENT_ACCOUNT', more);
export const IDENTITY_ARRANGEMENTS = [
  account('a1', { ...EARLY, accountNumber: 'AT001' }),
  account('a1', { ...LATER, accountNumber: 'AT002', limitMinor: 5 }),
  account('a2', { ...EARLY, accountNumber: 'AT003' }),
  account('a2', LATER),
  account('a3', EARLY),
];

/** What everything does that tells who customers are, given the records above. */
export function customerIdentityContract(name: string, open: () => Promise<IdentityWorld>): void {
  describe(`the identities ${name}`, () => {
    let world: IdentityWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    test.each(CASES.map(([what, , identity], i) => [what, `P-${i}`, identity] as const))(
      'tell of a party %s',
      async (_what, id, identity) => {
        const found = await world.identities.parties([id]);
        expect(found).toEqual(new Map(identity === undefined ? [] : [[id, identity]]));
      },
    );

    test('tell of all at once, and of nobody who is not asked about', async () => {
      const ids = CASES.map((_, i) => `P-${i}`);
      const known = CASES.flatMap(([, , who], i) =>
        who === undefined ? [] : [[`P-${i}`, who] as const],
      );
      const asked = [...ids, 'nobody', 'P-0', "x' or true --"];
      expect(await world.identities.parties(asked)).toEqual(new Map(known));
      expect(await world.identities.parties([])).toEqual(new Map());
    });

    test('tell the number of an arrangement, as last stated', async () => {
      const found = await world.identities.arrangements(['a3', 'a2', 'a1', 'nil', 'P-0']);
      expect(found).toEqual(new Map([['a1', { accountNumber: 'AT002' }]]));
    });
  });
}
