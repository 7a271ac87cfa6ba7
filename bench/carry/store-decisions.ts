import { ask, type Caller } from './graphql.ts';
import type { Question } from './questions.ts';

const QUERY = `query Ask($customerId: ID!, $channel: Channel!, $placement: String,
    $context: JSON, $first: Int = 3, $requestId: ID) {
  nextBestActions(customerId: $customerId, channel: $channel, placement: $placement,
    context: $context, first: $first, requestId: $requestId) {
    ... on NextBestActions { decisionId } ... on Refusal { code message } } }`;

interface Answered {
  readonly nextBestActions: {
    readonly decisionId?: string;
    readonly code?: string;
    readonly message?: string;
  };
}

const TOGETHER = 8;

/** Asks every question, callers in turn; answers the ids of the decisions in the same order. */
export async function storeDecisions(
  callers: readonly Caller[],
  asked: readonly Question[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let from = 0; from < asked.length; from += TOGETHER) {
    const some = asked.slice(from, from + TOGETHER);
    ids.push(...(await Promise.all(some.map((one, at) => decide(callerOf(at), one)))));
  }
  await expectRepeats(ids);
  return ids;

  function callerOf(number: number): Caller {
    const caller = callers[number % callers.length];
    if (caller === undefined) throw new RangeError('nobody is there to ask');
    return caller;
  }

  /** A request id asked again must answer the decision that is stored, and store nothing. */
  async function expectRepeats(stored: readonly string[]): Promise<void> {
    const at = asked.findIndex(({ requestId }) => requestId !== null);
    const question = asked[at];
    if (question === undefined) return;
    const again = await decide(callerOf(at % TOGETHER), question);
    if (again !== stored[at]) throw new Error(`\`${question.requestId}\` was decided twice`);
  }
}

async function decide(caller: Caller, question: Question): Promise<string> {
  const given = Object.entries(question).filter(([, value]) => value !== null);
  const variables = Object.fromEntries(given);
  const { nextBestActions } = await ask<Answered>(caller, QUERY, variables);
  const { decisionId, code, message } = nextBestActions;
  if (decisionId !== undefined) return decisionId;
  throw new Error(`no decision, ${code}: ${message}: ${JSON.stringify(question)}`);
}
