import type { NextBestActions } from '../../src/graphql/generated/types.ts';
import type { Answer, DemoService } from './demo-service.ts';

const MONEY = '{ amount currency }';
const ACTION = '{ id name group issue purpose }';
const PROPENSITY = '{ calibrated basis raw model }';
const FACTORS = `{ propensity context value ${MONEY} lever }`;
const TERMS = `{ amount ${MONEY} rate rateDiscount fee ${MONEY} feeEvery termMonths
  instalment ${MONEY} }`;
const REASONS = '{ code text method speaks contributionPpm }';

/** Everything that an answer can say. */
export const ANSWER = `{ __typename decisionId decidedAt factsAsOf businessDate release outcome arm
  noAction { code text } degradations { part failure facts }
  actions { rank action ${ACTION} treatment { id text } terms ${TERMS} propensity ${PROPENSITY}
    value ${MONEY} expectedValue ${MONEY} factors ${FACTORS} reasons ${REASONS}
    presentable approval expiresOn selectionProbabilityPpm }
  withheld { action ${ACTION} stage rule reason { code text } missingFacts } }`;

/** Asks everything about what is best to do next. */
export const ASK = `query Ask($id: ID!, $channel: Channel!, $placement: String, $context: JSON,
    $first: Int, $requestId: ID, $reuseWithin: Duration) {
  nextBestActions(customerId: $id, channel: $channel, placement: $placement, context: $context,
    first: $first, requestId: $requestId, reuseWithin: $reuseWithin) {
    __typename ... on NextBestActions ${ANSWER}
    ... on Refusal { code message } ... on InvalidArgument { argument } } }`;

/** Asks for a decision's id alone, for deciding many. */
export const ASK_ID = `query Id($id: ID!, $channel: Channel!, $context: JSON, $first: Int) {
  nextBestActions(customerId: $id, channel: $channel, context: $context, first: $first) {
    __typename ... on NextBestActions { decisionId } ... on Refusal { code message } } }`;

/** One decision with all its evidence. */
export const EVIDENCE = `{ id customerId caller decidedAt trigger { kind } channel placement
  answer ${ANSWER} release { digest active ruleSetName } liveState
  facts { name state value cause lineage { part system version fetchedAt } }
  candidates { action { id } treatment outcome stage rule reason { code text } seen
    propensity ${PROPENSITY} reasons ${REASONS} terms ${TERMS} factors ${FACTORS}
    expectedValue ${MONEY} rank approval wouldHaveSurfaced selectionProbabilityPpm }
  trace { action rule verdict seen } }`;

/** The decision in an answer; throws with what was answered where there is none. */
export function decided({ status, data, errors }: Answer): NextBestActions {
  const answer = data?.nextBestActions;
  if (answer?.__typename === 'NextBestActions') return answer;
  throw new Error(`no decision: ${status} ${JSON.stringify(answer)} ${JSON.stringify(errors)}`);
}

/** Customer numbers in order, of those that match a condition on `bank_party p`. */
export async function customerIds(
  { database }: DemoService,
  limit: number,
  condition = 'true',
): Promise<readonly string[]> {
  const rows = await database.query<{ party_id: string }>(
    `select distinct party_id from customer c join bank_party p using (party_id)
     where ${condition} order by party_id limit $1`,
    [limit],
  );
  return rows.map((row) => row.party_id);
}

/** Runs a work over many items, a few at a time, and keeps their order. */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  together = 8,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += together) {
    results.push(...(await Promise.all(items.slice(i, i + together).map(work))));
  }
  return results;
}
