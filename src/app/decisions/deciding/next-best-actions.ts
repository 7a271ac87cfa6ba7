import { uuidv7 } from '../../../domain/id.ts';
import { ok } from '../../../domain/result.ts';
import type { Randomness } from '../../ports/clock.ts';
import type { Commit } from '../../ports/commit.ts';
import type { DecisionLog, StoredDecision } from '../../ports/decision-log.ts';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';
import {
  argumentsAddress,
  findAnswered,
  findReusable,
  findStored,
  isSameQuestion,
} from './asked-before.ts';
import { checkRequest } from './check-request.ts';
import { type Committed, commitConclusions } from './commit-conclusions.ts';
import { type Asked, concludeAsked } from './conclude-asked.ts';
import type { Question } from './decide-many.ts';
import { knownCustomer } from './known-customer.ts';
import { type Present, type PresentDeps, readPresents } from './read-present.ts';
import type { NextBestActionsAnswer, NextBestActionsRequest } from './request.ts';
import {
  apart,
  type Ended,
  endOf,
  endWith,
  goOn,
  refuseWith,
  together,
  type Way,
} from './way.ts';

/** What deciding reaches the world through: one set a process, shared by all requests. */
export interface DecisionDeps extends PresentDeps {
  readonly log: DecisionLog;
  readonly commit: Commit;
  readonly randomness: Randomness;
  readonly evidenceOf: (stored: StoredDecision) => Promise<DecisionEvidence>;
}

/**
 * Decides what is best to do next for a customer; durable before it is answered. Throws an outage
 * where the database does not answer.
 */
export async function nextBestActions(
  request: NextBestActionsRequest,
  deps: DecisionDeps,
): Promise<NextBestActionsAnswer> {
  const [answer] = await decideForMany([request], deps);
  if (answer === undefined) throw new Error('a request was left without an answer');
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}

/**
 * Decides for many customers at once, a few hundred at the most, sharing their statements. Answers
 * come in the order of the requests, and the refusal or outage of one fails no other.
 */
export async function decideForMany(
  requests: readonly NextBestActionsRequest[],
  deps: DecisionDeps,
): Promise<readonly PromiseSettledResult<NextBestActionsAnswer>[]> {
  const checked = requests.map(checkArguments);
  const open = await apart(checked, (one) => tellAgain(one, deps)); // idempotency
  const known = await together(open, (some) => readPresents(some, deps)); // present
  const asked = await apart(known, (one) => ask(one, deps));
  const concluded = await together(asked, concludeAsked); // decide
  const committed = await together(concluded, (some) => commitConclusions(some, deps)); // commit
  const told = await apart(committed, (one) => tell(one, deps)); // answer
  return told.map(endOf);
}

function checkArguments(request: NextBestActionsRequest): Way<NextBestActionsRequest> {
  const wrong = checkRequest(request);
  return wrong === undefined ? goOn(request) : refuseWith(wrong);
}

/** A repeated request id is answered by what is stored; asked otherwise, it is a conflict. */
async function tellAgain(
  request: NextBestActionsRequest,
  deps: DecisionDeps,
): Promise<Way<NextBestActionsRequest>> {
  const before = await findAnswered(request, deps.log);
  if (before === undefined) return goOn(request);
  if (!isSameQuestion(request, before)) return conflict(request);
  return endWith(ok(await deps.evidenceOf(before)));
}

/** Draws the id and the instant of a decision, and looks for one of late that would serve. */
async function ask(present: Present, deps: DecisionDeps): Promise<Way<Asked>> {
  const { request, context, moment } = present;
  const { customerId, channel, placement, first, trigger, authority } = request;
  const decidedAt = deps.clock.now();
  const decisionId = uuidv7(Date.parse(decidedAt), deps.randomness.bytes(10));
  const drawn = { decisionId, decidedAt };
  const said = { customerId, channel, placement, context, first, trigger, authority };
  const question: Question = { ...said, ...drawn };
  const known = knownCustomer(present);
  const argumentsDigest = argumentsAddress(moment.addressKey, request);
  const now = { question, known, argumentsDigest };
  return goOn({ present, ...now, reusable: await findReusable(present, now, deps) });
}

/** Tells what was committed; where another request was quicker, what that one recorded. */
async function tell({ conclusion, appended }: Committed, deps: DecisionDeps): Promise<Ended> {
  const { present, stored, isNew } = conclusion;
  if (appended.outcome === 'CONFLICT') return conflict(present.request);
  if (appended.outcome === 'REPEATED') {
    const earlier = await findStored(appended.decisionId, deps.log);
    return endWith(ok(await deps.evidenceOf(earlier)));
  }
  const { release, snapshot } = present;
  return endWith(ok(isNew ? { stored, release, snapshot } : await deps.evidenceOf(stored)));
}

function conflict({ requestId }: NextBestActionsRequest): Ended {
  return refuseWith({ code: 'REQUEST_CONFLICT', requestId: requestId ?? '' });
}
