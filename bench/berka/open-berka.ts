import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores, type Stores } from '../../src/adapters/postgres/open-stores.ts';
import { digestOf } from '../../src/domain/digest.ts';
import type { Mapping } from '../../src/domain/mapping.ts';
import { readConfig } from '../../src/main/config.ts';
import { desk, ROOT } from '../../src/main/desk.ts';
import { type OpenedWorld, openWorld } from '../../src/main/open-world.ts';

/** The transactions that can be had: each account's first eleven, or all of fifteen months. */
export const SLICES = {
  FIRST_ELEVEN: 'trans_first11_per_account.csv',
  FIFTEEN_MONTHS: 'trans_1993-01_1994-03.asc',
} as const;

/** Berka in a fresh database that vanishes afterwards, with one slice of the transactions. */
export async function withBerka<T>(
  { shared, slice }: { readonly shared: string; readonly slice: keyof typeof SLICES },
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nextbest-berka-'));
  // The embedded server may run as another user, who must get through to its data.
  await chmod(folder, 0o711);
  try {
    const data = join(folder, 'data');
    const world = await openWorld(readConfig({ ...process.env, NEXTBEST_DATA: data }), 'WORKER');
    const stores = openStores(world.database.administratorUrl, {
      max: 8,
      applicationName: 'bench',
    });
    try {
      await importSlice(join(shared, 'data/berka'), slice, world.intake);
      return await work(stores);
    } finally {
      await stores.close();
      await world.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importSlice(
  folder: string,
  slice: keyof typeof SLICES,
  intake: OpenedWorld['intake'],
): Promise<void> {
  const mappingFile = join(ROOT, 'seeds/berka/mapping.json');
  const read = await desk.readMapping(mappingFile);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const { files } = read.value.mapping;
  const mapping: Mapping = {
    ...read.value.mapping,
    files: files.filter(({ name }) => name === SLICES[slice] || !isSlice(name)),
  };
  const mappingDigest = digestOf(mapping);
  const request = { mapping, mappingFile, mappingDigest, folder, actor: 'bench' };
  const result = await intake.importExtract({
    ...request,
    skipRefused: false,
    onProgress: () => {},
  });
  if (!result.ok) throw new Error(result.refusal.message);
}

function isSlice(name: string): boolean {
  return Object.values(SLICES).some((slice) => slice === name);
}
