import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { Moment, MomentReader } from '../../ports/moment.ts';
import {
  type DecidableRelease,
  isDecidable,
  type ReleaseShelf,
} from '../../releases/release-shelf.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** Why there is nothing to decide on; a release of another engine counts as none. */
export type PresentRefusal =
  | { readonly code: 'UNKNOWN_CUSTOMER'; readonly customerId: string }
  | { readonly code: 'NO_ACTIVE_RELEASE' };

/** Enough to read the present; it takes no clock, for the moment tells the business date. */
export interface PresentDeps {
  readonly moments: MomentReader;
  readonly releaseShelf: ReleaseShelf;
}

/** Who the customer is now, and the release in force. */
interface Present {
  readonly customerId: string;
  readonly moment: Moment;
  readonly release: DecidableRelease;
}

/** The same with a snapshot that stands at that moment. */
export interface StandingPresent extends Present {
  readonly snapshot: LoadedSnapshot;
}

/** Reads who the customer is now together with the release in force, as of one instant. */
export async function readPresent(
  customerId: string,
  deps: PresentDeps,
): Promise<Result<Present, PresentRefusal>> {
  const moment = (await deps.moments.readMoments([customerId])).get(customerId);
  if (moment === undefined) return refuse({ code: 'UNKNOWN_CUSTOMER', customerId });
  if (moment.activeRelease === null) return refuse({ code: 'NO_ACTIVE_RELEASE' });
  const release = await deps.releaseShelf.take(moment.activeRelease);
  // Another program may have put one in force that this engine does not decide under.
  if (release === undefined || !isDecidable(release)) {
    return refuse({ code: 'NO_ACTIVE_RELEASE' });
  }
  return ok({ customerId, moment, release });
}

/** Rebuilds for one question: where events never cease, the last serves. */
const MOST_ROUNDS = 3;

/**
 * Snapshot and live state as one view. A rebuild takes time, in which a consent may be withdrawn:
 * after one the moment is read again, and what moved meanwhile is built once more.
 */
export async function standingPresent(
  read: Present,
  deps: PresentDeps & { readonly snapshotKeeper: SnapshotKeeper },
): Promise<Result<StandingPresent, PresentRefusal>> {
  let present = read;
  for (let round = 1; ; round += 1) {
    const snapshot = await deps.snapshotKeeper.current(present);
    if (snapshot === present.moment.snapshot) return ok({ ...present, snapshot });
    const again = await readPresent(present.customerId, deps);
    if (!again.ok) return again;
    const unmoved = again.value.moment.watermark === present.moment.watermark;
    if (isReadAlike(present, again.value) && (unmoved || round >= MOST_ROUNDS)) {
      return ok({ ...again.value, snapshot });
    }
    present = again.value;
  }
}

/** A snapshot of another day or catalogue holds other facts: it never serves. */
function isReadAlike(one: Present, other: Present): boolean {
  return (
    one.moment.businessDate === other.moment.businessDate &&
    one.release.factsDigest === other.release.factsDigest &&
    one.release.ratesDigest === other.release.ratesDigest
  );
}
