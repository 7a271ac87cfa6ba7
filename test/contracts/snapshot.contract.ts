import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SnapshotToStore } from '../../src/app/ports/moment.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import type { MomentWorld } from './moment-world.ts';

const EARLY = '2026-01-01T00:00:00.000Z';
const LATER = '2026-02-01T00:00:00.000Z';
const address = (n: number) => `hmac:${n.toString(16).padStart(64, '0')}`;
const sheet = (age: number): FactSheet => ({
  values: { age, name: 'Ř "quoted" \\ 😀' },
  notApplicable: ['card'],
  unavailable: {},
});

/** What every store of snapshots does, and the moments read beside it; customers A to F stand. */
export function snapshotContract(name: string, open: () => Promise<MomentWorld>): void {
  describe(`snapshots ${name}`, () => {
    let world: MomentWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());
    const momentOf = async (id: string) => (await world.moments.readMoments([id])).get(id);

    const shot = (
      n: number,
      more: Partial<SnapshotToStore> = {},
      snapshot: Partial<Snapshot> = {},
    ): SnapshotToStore => ({
      customer: customerUuid('C'),
      address: address(n),
      snapshot: {
        sheetAddress: address(100),
        businessDate: '2026-11-24',
        sources: {},
        factsDigest: 'sha256:facts',
        ratesDigest: 'sha256:rates',
        factsAsOf: EARLY,
        validUntil: '2026-11-25T00:00:00.000Z',
        ...snapshot,
      },
      sheet: sheet(44),
      bins: Uint8Array.of(2, 0),
      watermark: 10,
      builtAt: LATER,
      current: true,
      ...more,
    });

    test('stores a snapshot with its sheet, read in the moment and by address', async () => {
      const first = shot(1);
      await Promise.all(Array.from({ length: 20 }, () => world.snapshots.save([first])));
      const loaded = { address: first.address, snapshot: first.snapshot, sheet: first.sheet };
      expect(await world.snapshots.load(first.customer, first.address)).toEqual(loaded);
      const moment = await momentOf('C');
      expect(moment?.snapshot).toEqual(loaded);
      expect(moment?.snapshotWatermark).toBe(10);
      expect(await world.snapshots.load(customerUuid('D'), first.address)).toBeUndefined();
    });

    test.each<[string, number, Partial<SnapshotToStore>, Partial<Snapshot>, boolean]>([
      ['of an older source', 2, { watermark: 9 }, { validUntil: LATER }, false],
      ['of an earlier day', 3, {}, { businessDate: '2026-11-23' }, false],
      ['that ends sooner', 4, {}, { validUntil: '2026-11-24T12:00:00.000Z' }, false],
      ['that looks back in time', 5, { watermark: 99, current: false }, {}, false],
      ['that ends no sooner', 6, {}, {}, true],
      ['of another catalogue', 7, {}, { factsDigest: 'sha256:other', validUntil: LATER }, true],
      ['of the next day', 8, {}, { businessDate: '2026-11-25', validUntil: LATER }, true],
      ['of a newer source', 9, { watermark: 11 }, { businessDate: '2026-11-24' }, true],
      ['of the source before, the next day', 10, {}, { businessDate: '2026-11-26' }, false],
    ])('makes a snapshot %s current: %#', async (_, n, more, snapshot, moves) => {
      const before = (await momentOf('C'))?.snapshot?.address;
      const next = shot(n, more, { ...snapshot, sheetAddress: address(100 + n) });
      await world.snapshots.save([next]);
      expect((await momentOf('C'))?.snapshot?.address).toBe(moves ? next.address : before);
      expect((await world.snapshots.load(next.customer, next.address))?.snapshot).toEqual(
        next.snapshot,
      );
    });

    test('stores many at once, of one customer the last one as the current one', async () => {
      const many = [1, 2, 3].flatMap((n) =>
        ['A', 'B'].map((id) => shot(300 + n, { customer: customerUuid(id), watermark: n })),
      );
      await world.snapshots.save(many);
      for (const id of ['A', 'B']) {
        expect((await momentOf(id))?.snapshotWatermark).toBe(3);
        for (const { address: at, snapshot } of many) {
          expect((await world.snapshots.load(customerUuid(id), at))?.snapshot).toEqual(snapshot);
        }
      }
    });

    test('stores all of many or none', async () => {
      const stranger = shot(401, { customer: customerUuid('nobody') });
      const own = shot(400, { customer: customerUuid('A'), watermark: 50 });
      await expect(world.snapshots.save([own, stranger])).rejects.toThrow();
      expect(await world.snapshots.load(own.customer, own.address)).toBeUndefined();
      expect((await momentOf('A'))?.snapshotWatermark).toBe(3);
    });

    test('ends with the newest whatever order fifty arrive in', async () => {
      const shots = Array.from({ length: 50 }, (_, i) =>
        shot(200 + i, { customer: customerUuid('D'), watermark: 1 + ((i * 7) % 50) }),
      );
      await Promise.all(shots.map((one) => world.snapshots.save([one])));
      expect((await momentOf('D'))?.snapshotWatermark).toBe(50);
    });

    test('no longer loads the snapshot of a customer whose key was destroyed', async () => {
      await world.eraseKey('C');
      expect(await world.snapshots.load(customerUuid('C'), address(1))).toBeUndefined();
    });
  });
}
