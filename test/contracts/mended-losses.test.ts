import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { bankOf, KNOWN, wholeFiles, wholeMapping } from '../support/whole-bank.ts';

/** When the lost hold is told: by a delivery that was taken then, whole. */
const TOLD = '2026-02-20T08:00:00.000Z';
const BEFORE_TOLD = '2026-02-20T07:59:59.999Z';
const MENDING = wholeMapping({ file: () => ({ whole: true }), extractedAt: TOLD });

describe('a loss that was mended', () => {
  const bank = bankOf('ann', 'ben');
  const [hold = {}, ...others] = bank.hold;
  const mended = { hold: [{ ...hold, recordedAt: TOLD }, ...others] };
  let rig: ImportRig;
  beforeEach(async () => {
    rig = await importRig();
  });
  afterEach(() => rig.close());

  const load = async (mapping: object, files: { readonly [name: string]: string }) => {
    const result = await rig.loadFiles(mapping, files, { skipRefused: true });
    expect(result).toMatchObject({ ok: true });
  };
  const holdsOf = async (id: string, at: string) => {
    const clock = { now: () => TOLD };
    const loaders = createCustomerLoaders(createCustomerSource(rig.database), clock);
    const point = { businessDate: at.slice(0, 10), knownAt: at };
    return knownAt(await loaders.historyOf(id), point).holds.state;
  };

  test('leaves its customer unknown to who looks back to before it was told whole', async () => {
    const broken = [{ ...hold, startsOn: '2026-13-40' }, ...others];
    await load(wholeMapping(), wholeFiles({ ...bank, hold: broken }));
    await load(MENDING, wholeFiles(mended));
    const seen = (id: string) =>
      Promise.all(
        ['2026-01-10T07:59:59.999Z', KNOWN, BEFORE_TOLD, TOLD].map((at) => holdsOf(id, at)),
      );
    expect(await seen('ann')).toEqual(['READ', 'FAILED', 'FAILED', 'READ']);
    expect(await seen('ben')).toEqual(['READ', 'READ', 'READ', 'READ']);
  });

  test('leaves everybody unknown there where it may have been anybody’s', async () => {
    const lines = wholeFiles({ hold: bank.hold })['hold.csv'];
    await load(wholeMapping(), wholeFiles(bank));
    await load(wholeMapping(), { 'hold.csv': `${lines}one cell too few\n` });
    await load(MENDING, wholeFiles(mended));
    for (const id of ['ann', 'ben']) {
      expect([await holdsOf(id, BEFORE_TOLD), await holdsOf(id, TOLD)]).toEqual([
        'FAILED',
        'READ',
      ]);
    }
  });
});
