import type { Capsule } from '../../../domain/decision.ts';
import type { Address } from '../../../domain/digest.ts';
import type { StoredDecision } from '../../ports/decision-log.ts';
import type { DecidableRelease } from '../../releases/release-shelf.ts';
import { capsuleAddress } from './capsule-address.ts';
import type { Conclusion } from './commit-conclusions.ts';
import { type Decided, decideMany, type KnownCustomer, type Question } from './decide-many.ts';
import type { Present } from './read-present.ts';
import { goOn, type Way } from './way.ts';

/** A request as it is put to the engine, unless a decision of late would only be repeated. */
export interface Asked {
  readonly present: Present;
  readonly question: Question;
  readonly known: KnownCustomer;
  readonly argumentsDigest: Address;
  readonly reusable: StoredDecision | undefined;
}

/** Decides whatever no decision of late answers; each is concluded in its place. */
export async function concludeAsked(
  asked: readonly Asked[],
): Promise<readonly Way<Conclusion>[]> {
  const fresh = asked.filter(({ reusable }) => reusable === undefined);
  const made = new Map<Asked, StoredDecision>();
  for (const { release, present, members } of groupsOf(fresh)) {
    const questions = members.map(({ question }) => question);
    const decided = decideMany(questions, present, release.loaded);
    for (const [i, one] of decided.entries()) {
      const member = members[i];
      if (member !== undefined) made.set(member, toBeStored(member, one));
    }
  }
  return asked.map((one) => goOn(conclusionOf(one, made.get(one))));
}

interface Group {
  readonly release: DecidableRelease;
  readonly present: Map<string, KnownCustomer>;
  readonly members: Asked[];
}

/**
 * What can be decided by one call: under one release, and no customer twice. Mostly all go
 * together; a release that is put in force meanwhile parts them.
 */
function groupsOf(asked: readonly Asked[]): readonly Group[] {
  const groups: Group[] = [];
  for (const one of asked) {
    const { release } = one.present;
    const { customerId } = one.question;
    const fitting = groups.find(
      (group) => group.release === release && !group.present.has(customerId),
    );
    const group: Group = fitting ?? { release, present: new Map(), members: [] };
    if (fitting === undefined) groups.push(group);
    group.present.set(customerId, one.known);
    group.members.push(one);
  }
  return groups;
}

function conclusionOf(
  { present, argumentsDigest, reusable }: Asked,
  made: StoredDecision | undefined,
): Conclusion {
  const stored = reusable ?? made;
  if (stored === undefined) throw new Error('a question was left undecided');
  return { present, argumentsDigest, stored, isNew: reusable === undefined };
}

/** Wraps a decision into the capsule that is stored, named under the customer's key. */
function toBeStored({ present, known }: Asked, { live, decision }: Decided): StoredDecision {
  const { request, moment, release } = present;
  const { customerId, caller } = request;
  const capsule: Capsule = {
    customer: moment.customer,
    snapshotAddress: known.snapshot.address,
    releaseDigest: release.digest,
    live,
    decision,
  };
  return {
    id: live.decisionId,
    customerId,
    caller,
    decidedAt: live.decidedAt,
    capsule,
    capsuleAddress: capsuleAddress(moment.addressKey, { caller, capsule }),
  };
}
