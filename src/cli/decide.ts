import { Command, Option } from 'commander';
import { type AnswerView, presentDecision } from '../app/decisions/answering/present-decision.ts';
import type {
  LookBack,
  NextBestActionsRefusal,
  NextBestActionsRequest,
} from '../app/decisions/deciding/request.ts';
import type { DecisionEvidence } from '../app/decisions/evidence/decision-evidence.ts';
import type { Bank } from '../app/ports/bank.ts';
import { type BusinessDate, isBusinessDate } from '../domain/business-date.ts';
import { CHANNELS, type Channel } from '../domain/channel.ts';
import { APPROVAL_LEVELS, type ApprovalLevel } from '../domain/rule.ts';
import type { Desk } from './desk.ts';
import { CommandFailure, counted, print } from './output.ts';
import { type Open, type World, withWorld } from './world.ts';

interface DecideOptions {
  readonly asOf?: string;
  readonly record?: boolean;
  readonly channel: Channel;
  readonly actor: string;
  readonly authority: ApprovalLevel;
}

/** `decide <customer> [--as-of <date>]`: decides on the command line. */
export function decideCommand(open: Open<'bank' | 'deciding'>, desk: Desk): Command {
  const channel = new Option('--channel <channel>', 'where it would be presented')
    .choices([...CHANNELS])
    .default('AGENT');
  const authority = new Option('--authority <level>', 'what the asker may present alone')
    .choices([...APPROVAL_LEVELS])
    .default('AGENT');
  return new Command('decide')
    .description('decide for one customer, now or as known at the end of a past day')
    .argument('<customer>', "the bank's customer number")
    .option('--as-of <date>', 'decide on what was known by the end of this day')
    .option(
      '--record',
      'store the decision also where that is not usual (as of a day, evaluation)',
    )
    .option('--actor <name>', 'who asks', desk.systemUser)
    .addOption(channel)
    .addOption(authority)
    .action((customerId: string, options: DecideOptions, command: Command) =>
      withWorld(open, async (world) => {
        const { asOf } = options;
        if (asOf !== undefined && !isBusinessDate(asOf)) {
          throw new CommandFailure(`\`${asOf}\` is no date; write it like \`1997-06-30\``);
        }
        const { evidence, recorded } = await decideFor(world, { ...options, customerId, asOf });
        const answer = presentDecision(evidence);
        print(command, { ...answer, recorded }, () => answerText(answer, recorded));
      }),
    );
}

type DecideRequest = Omit<DecideOptions, 'asOf'> & {
  readonly customerId: string;
  readonly asOf: BusinessDate | undefined;
};

interface Decided {
  readonly evidence: DecisionEvidence;
  readonly recorded: boolean;
}

async function decideFor(
  world: Pick<World, 'bank' | 'deciding'>,
  request: DecideRequest,
): Promise<Decided> {
  const bank = await world.bank.read();
  if (bank === undefined) throw new CommandFailure('there is no bank yet: import one');
  const { asOf } = request;
  if (asOf !== undefined && asOf > bank.businessDate) {
    const today = bank.businessDate;
    const message = `\`${asOf}\` is yet to come: pass \`${today}\`, the business date, or earlier`;
    throw new CommandFailure(message);
  }
  const lookBack = lookBackOf(bank, request);
  const question = questionOf(request);
  const asked = lookBack === undefined ? question : { ...question, lookBack };
  const result = await world.deciding.nextBestActions(asked);
  if (!result.ok) throw refusalFailure(result.refusal);
  return { evidence: result.value, recorded: lookBack?.record ?? true };
}

/** A past day and a bank marked for evaluation leave no record unless it is asked for. */
function lookBackOf(bank: Bank, { asOf, record }: DecideRequest): LookBack | undefined {
  if (asOf === undefined && bank.mode !== 'EVALUATION') return undefined;
  return { asOf: asOf ?? null, record: record === true };
}

function questionOf(request: DecideRequest): NextBestActionsRequest {
  const { customerId, channel, actor, authority } = request;
  return {
    customerId,
    channel,
    placement: null,
    context: {},
    first: 3,
    requestId: null,
    reuseWithinMs: null,
    caller: actor,
    trigger: { kind: 'QUERY' },
    authority: { upTo: authority },
  };
}

function refusalFailure(refusal: NextBestActionsRefusal): CommandFailure {
  const { code } = refusal;
  switch (code) {
    case 'UNKNOWN_CUSTOMER':
      return new CommandFailure(`the bank has no customer \`${refusal.customerId}\``, { code });
    case 'MERGED_CUSTOMER':
      return new CommandFailure(
        `customer \`${refusal.customerId}\` lives on in \`${refusal.survivorId}\`: ask by that`,
        { code },
      );
    case 'NO_ACTIVE_RELEASE':
      return new CommandFailure('no release is in force: build one, then activate it', { code });
    case 'INVALID_ARGUMENT':
      return new CommandFailure(`\`${refusal.argument}\`: ${refusal.message}`, { code });
    case 'REQUEST_CONFLICT':
      return new CommandFailure(`refused: ${code}`, { code });
  }
}

function answerText(answer: AnswerView, recorded: boolean): string {
  const head = `decision ${answer.decisionId} on ${answer.businessDate}, ${answer.outcome}`;
  const actions = answer.actions.flatMap((one) => [
    `${one.rank}. ${one.action.name}: expected value ${one.expectedValue.amount} ` +
      `${one.expectedValue.currency}, propensity ${one.propensity.calibrated} ` +
      `(${one.propensity.basis}), ${one.presentable ? 'presentable' : `needs ${one.approval}`}`,
    ...one.reasons.map((reason) => `     ${reason.text}`),
  ]);
  const none = answer.noAction === null ? [] : [`no action: ${answer.noAction.text}`];
  const withheld = answer.withheld.map(
    (one) => `  not ${one.action.name}: ${one.stage} ${one.rule}, ${one.reason.text}`,
  );
  // A part that costs no fact of this release is no news to a person; `--json` tells it.
  const degraded = answer.degradations
    .filter(({ facts }) => facts.length > 0)
    .map(
      ({ part, failure, facts }) =>
        `  degraded: ${part} ${failure}, ${counted(facts.length, 'fact')}`,
    );
  const aside = recorded ? [] : ['not recorded: say `--record` to store it'];
  return [head, ...none, ...actions, ...withheld, ...degraded, ...aside].join('\n');
}
