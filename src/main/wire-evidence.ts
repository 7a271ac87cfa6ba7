import { join } from 'node:path';
import { createEngineArchive } from '../adapters/engines/engine-archive.ts';
import type { EvidenceStores } from '../adapters/postgres/open-evidence-stores.ts';
import { createEvidence, type Evidence } from '../app/decisions/evidence/evidence.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { ReleaseShelf } from '../app/releases/release-shelf.ts';
import { ROOT } from './desk.ts';

/** Makes evidence over what is recorded, with the engines archived in this checkout. */
export function wireEvidence(
  stores: Omit<EvidenceStores, 'close'>,
  by: { readonly clock: Clock; readonly releaseShelf: ReleaseShelf },
): Evidence {
  return createEvidence({
    ...by,
    log: stores.decisions,
    releaseStore: stores.releases,
    snapshotStore: stores.snapshots,
    moments: stores.moments,
    disagreements: stores.disagreements,
    engines: createEngineArchive(join(ROOT, 'engines')),
  });
}
