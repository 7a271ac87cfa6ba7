import type { FactValue } from '../../../domain/fact.ts';
import type { LiveVersions } from '../../../domain/live-versions.ts';
import { mergesKnownAt, survivorOf } from '../../../domain/merged-numbers.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Moment, MomentReader } from '../../ports/moment.ts';
import {
  type DecidableRelease,
  isDecidable,
  type ReleaseShelf,
} from '../../releases/release-shelf.ts';
import { checkContext } from './check-request.ts';
import { type LookingPoint, lookingPoint } from './looking-point.ts';
import type { LookBack, NextBestActionsRequest } from './request.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import { apart, goOn, refuseWith, type Way } from './way.ts';

/** What reading the present takes. */
export interface PresentDeps {
  readonly moments: MomentReader;
  readonly releaseShelf: ReleaseShelf;
  readonly snapshotKeeper: SnapshotKeeper;
  readonly clock: Clock;
}

/** A request with its customer's moment, the release in force then, and the context by it. */
interface Reading {
  readonly request: NextBestActionsRequest;
  readonly moment: Moment;
  readonly release: DecidableRelease;
  readonly context: { readonly [name: string]: FactValue };
}

/** All that a request is decided on, as one view of one point in time. */
export interface Present extends Reading {
  readonly point: LookingPoint;
  readonly snapshot: LoadedSnapshot;
  readonly versions: LiveVersions;
}

/**
 * Reads what the requests are decided on: all moments by one statement, then for each customer the
 * snapshot that stands, rebuilt where it does not.
 */
export async function readPresents(
  requests: readonly NextBestActionsRequest[],
  deps: PresentDeps,
): Promise<readonly Way<Present>[]> {
  const ids = [...new Set(requests.map(({ customerId }) => customerId))];
  const moments = await deps.moments.readMoments(ids);
  const readings = await apart(requests.map(goOn), (request) =>
    readingOf(request, moments.get(request.customerId), deps),
  );
  return apart(readings, (reading) => presentOf(reading, deps));
}

async function readingOf(
  request: NextBestActionsRequest,
  moment: Moment | undefined,
  { releaseShelf, clock }: PresentDeps,
): Promise<Way<Reading>> {
  const { customerId } = request;
  if (moment === undefined) return refuseWith({ code: 'UNKNOWN_CUSTOMER', customerId });
  const { knownAt } = pointOf(request, moment, clock);
  const survivorId = survivorOf(customerId, mergesKnownAt(moment.merges ?? [], knownAt));
  if (survivorId !== customerId) {
    return refuseWith({ code: 'MERGED_CUSTOMER', customerId, survivorId });
  }
  const digest = moment.activeRelease;
  const release = digest === null ? undefined : await releaseShelf.take(digest);
  // Another program may have put one in force that this engine does not decide under.
  if (release === undefined || !isDecidable(release)) {
    return refuseWith({ code: 'NO_ACTIVE_RELEASE' });
  }
  const context = checkContext(request.context, release.body.facts);
  if (!context.ok) return refuseWith(context.refusal);
  return goOn({ request, moment, release, context: context.value });
}

function presentOf(reading: Reading, deps: PresentDeps): Promise<Way<Present>> {
  const { lookBack } = reading.request;
  return lookBack === undefined ? standing(reading, deps) : asOf(reading, lookBack, deps);
}

/** Rebuilds for one request: where events never cease, the last one serves. */
const MOST_ROUNDS = 3;

/**
 * A reading with a snapshot that stands beside it. A rebuild takes time, in which a consent may be
 * withdrawn or another release be put in force: after one everything is read again, the context
 * by the release that is then in force, and what has moved meanwhile is built once more.
 */
async function standing(first: Reading, deps: PresentDeps): Promise<Way<Present>> {
  const { request } = first;
  const { customerId } = request;
  let reading = first;
  for (let round = 1; ; round += 1) {
    const { moment, release } = reading;
    const snapshot = await deps.snapshotKeeper.current({ customerId, moment, release });
    if (snapshot === moment.snapshot) return goOn(atPresent(reading, snapshot, deps));
    const moments = await deps.moments.readMoments([customerId]);
    const again = await readingOf(request, moments.get(customerId), deps);
    if (!('going' in again)) return again;
    const unmoved = again.going.moment.watermark === moment.watermark;
    if (isBuiltAlike(reading, again.going) && (unmoved || round >= MOST_ROUNDS)) {
      return goOn(atPresent(again.going, snapshot, deps));
    }
    reading = again.going;
  }
}

/** A snapshot of another day or catalogue holds other facts: it never serves. */
function isBuiltAlike(one: Reading, other: Reading): boolean {
  return (
    one.moment.businessDate === other.moment.businessDate &&
    one.release.factsDigest === other.release.factsDigest &&
    one.release.ratesDigest === other.release.ratesDigest
  );
}

function atPresent(reading: Reading, snapshot: LoadedSnapshot, { clock }: PresentDeps): Present {
  const { moment, request } = reading;
  const point = pointOf(request, moment, clock);
  return { ...reading, point, snapshot, versions: moment.versions };
}

/** Where a request looks from: the present, but for a look back. */
function pointOf(
  { lookBack }: NextBestActionsRequest,
  { businessDate: today }: Moment,
  clock: Clock,
): LookingPoint {
  return lookingPoint(lookBack?.asOf ?? today, { today, now: clock.now() });
}

/** A look back rests on the whole history, cut to what was known then. */
async function asOf(
  reading: Reading,
  { record }: LookBack,
  { snapshotKeeper, clock }: PresentDeps,
): Promise<Way<Present>> {
  const { moment, release, request } = reading;
  const point = pointOf(request, moment, clock);
  const { customerId } = request;
  const asked = { customerId, moment, release };
  const { snapshot, history } = await snapshotKeeper.asOf(asked, { point, keep: record });
  return goOn({ ...reading, point, snapshot, versions: history });
}
