import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_BUSINESS_DATE } from '../../seeds/demo/calendar.ts';
import { writeDemoExtract } from '../../seeds/demo/write-demo-extract.ts';
import { openStores, type Stores } from '../../src/adapters/postgres/open-stores.ts';
import { readConfig } from '../../src/main/config.ts';
import { desk, ROOT } from '../../src/main/desk.ts';
import { type OpenedWorld, openWorld } from '../../src/main/open-world.ts';

/** Where a demo bank stands: its database, and beside it the truth it does not know. */
export interface DemoBankPlace {
  readonly folder: string;
  readonly customers: number;
  readonly seed: number;
}

/** The file that only benchmarks open. */
export function truthFileOf({ folder }: DemoBankPlace): string {
  return join(folder, 'truth', 'truth.csv');
}

/** Works on the demo bank of a folder; one that is not there is generated and imported first. */
export async function withDemoBank<T>(
  place: DemoBankPlace,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  const data = join(place.folder, 'data');
  const ready = join(place.folder, `ready-${place.seed}-${place.customers}`);
  if (!existsSync(ready)) await rm(place.folder, { recursive: true, force: true });
  await mkdir(place.folder, { recursive: true });
  // The embedded server may run as another user, who must get through to its data.
  await chmod(place.folder, 0o711);
  const world = await openWorld(readConfig({ ...process.env, NEXTBEST_DATA: data }), 'WORKER');
  const stores = openStores(world.database.administratorUrl, {
    max: 8,
    applicationName: 'bench',
  });
  try {
    if (!existsSync(ready)) {
      await makeBank(place, world.intake);
      await writeFile(ready, '');
    }
    return await work(stores);
  } finally {
    await stores.close();
    await world.close();
  }
}

async function makeBank(place: DemoBankPlace, intake: OpenedWorld['intake']): Promise<void> {
  const { folder, customers, seed } = place;
  const extract = join(folder, 'extract');
  const options = { seed, customers, businessDate: DEMO_BUSINESS_DATE };
  const generated = clock();
  const { files } = await writeDemoExtract(extract, {
    ...options,
    truthFolder: join(folder, 'truth'),
  });
  console.log(JSON.stringify({ step: 'generated', seconds: generated(), rows: files }));
  const imported = clock();
  const mappingFile = join(ROOT, 'seeds/demo/mapping.json');
  const read = await desk.readMapping(mappingFile);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const { mapping, digest } = read.value;
  const request = { mapping, mappingFile, mappingDigest: digest, folder: extract };
  const result = await intake.importExtract({
    ...request,
    actor: 'bench',
    skipRefused: false,
    onProgress: () => {},
  });
  if (!result.ok) {
    const { refusal } = result;
    if (refusal.code === 'ROWS_REFUSED') console.log(JSON.stringify(refusal.report.refusals));
    throw new Error(refusal.message);
  }
  await rm(extract, { recursive: true });
  const { rowsRead, recordsWritten } = result.value;
  const seconds = imported();
  console.log(JSON.stringify({ step: 'imported', seconds, rowsRead, recordsWritten }));
}

/** A stopwatch in whole seconds. */
export function clock(): () => number {
  const from = performance.now();
  return () => Math.round((performance.now() - from) / 1000);
}
