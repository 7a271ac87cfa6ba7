import { join } from 'node:path';
import type { RuleReaders } from '../../app/ports/rule-reading.ts';
import type { ActionDeclaration } from '../../domain/action.ts';
import { mostDays } from '../../domain/duration.ts';
import { LIVE_DAYS } from '../../domain/live-state.ts';
import { ONE_PPM } from '../../domain/ppm.ts';
import { isEngineReason } from '../../domain/reason-code.ts';
import type {
  AgeLimits,
  ArbitrationWeights,
  ContactPolicy,
  RateTable,
  RolloutPlan,
} from '../../domain/release.ts';
import type { RuleReadingContext } from '../../domain/rule.ts';
import { actionFinder } from '../../domain/rule-scope.ts';
import { type Read, type ReportProblem, readAs, reportRepeated } from './collected.ts';
import { unmatchedMember } from './rule-scope.ts';

/** The files of a rule set that hold one policy each. */
export interface Policies {
  readonly contactPolicy: ContactPolicy | undefined;
  readonly arbitration: ArbitrationWeights | undefined;
  readonly rollout: RolloutPlan | undefined;
  readonly rates: RateTable | undefined;
  readonly ageLimits: AgeLimits | undefined;
}

interface Surroundings {
  readonly readers: RuleReaders;
  readonly context: RuleReadingContext;
  readonly actions: readonly ActionDeclaration[];
  readonly report: ReportProblem;
}

/** Reads the five policy files; a member is undefined where its file was refused. */
export async function readPolicies(folder: string, around: Surroundings): Promise<Policies> {
  const how = { currency: around.context.reportingCurrency, report: around.report };
  const contacts = await readAs<ContactPolicy>(
    'contact-policy',
    join(folder, 'contact-policy.json'),
    how,
  );
  if (contacts !== undefined) checkContactPolicy(contacts, around.report);
  const arbitration = await readAs<ArbitrationWeights>(
    'arbitration',
    join(folder, 'arbitration.json'),
    how,
  );
  if (arbitration !== undefined) checkArbitration(arbitration, around);
  const rollout = await readAs<WrittenRollout>('rollout', join(folder, 'rollout.json'), how);
  if (rollout !== undefined) checkRollout(rollout, around);
  const rates = await readAs<WrittenRates>('rates', join(folder, 'rates.json'), how);
  if (rates !== undefined) checkRates(rates, around);
  const ages = await readAs<AgeLimits>('age-limits', join(folder, 'age-limits.json'), how);
  return {
    contactPolicy: contacts?.value,
    arbitration: arbitration?.value,
    rollout: rollout && rolloutOf(rollout.value),
    rates: rates && rateTableOf(rates.value),
    ageLimits: ages?.value,
  };
}

type WrittenRollout = Omit<RolloutPlan, 'approvalByDiscountPpm' | 'approvalByFeeDiscountPpm'> & {
  readonly approvalByDiscount: RolloutPlan['approvalByDiscountPpm'];
  readonly approvalByFeeDiscount: RolloutPlan['approvalByFeeDiscountPpm'];
};

function rolloutOf(written: WrittenRollout): RolloutPlan {
  const { approvalByDiscount, approvalByFeeDiscount, ...rest } = written;
  return {
    ...rest,
    approvalByDiscountPpm: approvalByDiscount,
    approvalByFeeDiscountPpm: approvalByFeeDiscount,
  };
}

interface WrittenRates {
  readonly reportingCurrency: string;
  readonly rates: { readonly [currency: string]: string };
}

/** `0.92` of the reporting currency is 92 percent of its unit; what is finer is kept apart. */
function rateTableOf({ reportingCurrency, rates }: WrittenRates): RateTable {
  const read = Object.entries(rates).map(([currency, rate]) => {
    const [whole = '0', fraction = ''] = rate.split('.');
    const decimals = fraction.padEnd(12, '0');
    const ppm = Number(whole) * ONE_PPM + Number(decimals.slice(0, 6));
    return { currency, ppm, restPpt: Number(decimals.slice(6)) };
  });
  const ratesPpm = Object.fromEntries(read.map(({ currency, ppm }) => [currency, ppm]));
  const finer = read.filter(({ restPpt }) => restPpt > 0);
  if (finer.length === 0) return { reportingCurrency, ratesPpm };
  const restsPpt = Object.fromEntries(finer.map(({ currency, restPpt }) => [currency, restPpt]));
  return { reportingCurrency, ratesPpm, restsPpt };
}

function checkContactPolicy({ value, file }: Read<ContactPolicy>, report: ReportProblem): void {
  reportRepeated(
    value.caps.map(({ id }, i) => ({ name: id, at: `/caps/${i}/id`, file })),
    report,
  );
  for (const [i, { reason }] of value.caps.entries()) {
    if (!isEngineReason(reason.code)) continue;
    const message = `\`${reason.code}\` is the engine's own: choose another`;
    report(file.problem(`/caps/${i}/reason/code`, 'RESERVED_CODE', message));
  }
  checkLookBack({ value, file }, report);
}

function checkLookBack({ value, file }: Read<ContactPolicy>, report: ReportProblem): void {
  const { caps, restAfterDecline, restAfterComplaint } = value;
  const lengths = [
    ...caps.map(({ window }, i) => ({ at: `/caps/${i}/window`, length: window })),
    { at: '/restAfterDecline', length: restAfterDecline },
    { at: '/restAfterComplaint', length: restAfterComplaint },
  ];
  for (const { at, length } of lengths) {
    if (length === 'CALENDAR_MONTH' || mostDays(length) <= LIVE_DAYS) continue;
    const message =
      `\`${length}\` reaches further back than the ${LIVE_DAYS} days of contacts that a ` +
      'decision sees: shorten it';
    report(file.problem(at, 'TOO_LONG', message));
  }
}

function checkArbitration({ value, file }: Read<ArbitrationWeights>, around: Surroundings): void {
  const { readers, context, actions, report } = around;
  const weights = value.contextWeights;
  const find = actionFinder(actions);
  reportRepeated(
    weights.map(({ id }, i) => ({ name: id, at: `/contextWeights/${i}/id`, file })),
    report,
  );
  const scoped = [
    ...value.levers.map(({ scope, leverPpm }, i) => ({
      scope,
      ppm: leverPpm,
      at: `/levers/${i}/scope`,
      of: `/levers/${i}/lever`,
    })),
    ...weights.map(({ appliesTo, weightPpm }, i) => ({
      scope: appliesTo,
      ppm: weightPpm,
      at: `/contextWeights/${i}/appliesTo`,
      of: `/contextWeights/${i}/weight`,
    })),
  ];
  for (const { scope, ppm, at, of } of scoped) {
    if (ppm < 0) report(file.problem(of, 'WRONG_VALUE', 'a weight is not negative: correct it'));
    if (unmatchedMember(scope, find) === undefined) continue;
    const message = 'concerns no action of the catalogue: name one that exists';
    report(file.problem(at, 'UNKNOWN_SCOPE', message));
  }
  for (const [i, { conditions }] of weights.entries()) {
    const { problems } = readers.readWeightConditions(conditions, context);
    for (const { at, code, message } of problems)
      report(file.problem(`/contextWeights/${i}/conditions${at}`, code, message));
  }
}

function checkRollout({ value, file }: Read<WrittenRollout>, around: Surroundings): void {
  const { actions, report } = around;
  const phases = value.phases.map(({ action }, i) => ({
    name: action,
    at: `/phases/${i}/action`,
    file,
  }));
  reportRepeated(phases, report);
  const declared = new Set(actions.map(({ id }) => id));
  for (const { name, at } of phases) {
    if (declared.has(name)) continue;
    report(file.problem(at, 'UNKNOWN_ACTION', `no action is \`${name}\`: name one that exists`));
  }
  const placed = new Set(phases.map(({ name }) => name));
  for (const { id } of actions) {
    if (placed.has(id)) continue;
    report(file.problem('/phases', 'MISSING_PHASE', `\`${id}\` has no phase: state one`));
  }
  if (value.controlGroupPpm < 0 || value.controlGroupPpm > ONE_PPM)
    report(file.problem('/controlGroup', 'WRONG_VALUE', 'a share lies between 0 % and 100 %'));
}

function checkRates(
  { value, file }: Read<WrittenRates>,
  { context, report }: Surroundings,
): void {
  const reporting = context.reportingCurrency;
  if (value.reportingCurrency !== reporting) {
    const message = `ruleset.json reports in \`${reporting}\`: write the same here`;
    report(file.problem('/reportingCurrency', 'WRONG_VALUE', message));
  }
  for (const [currency, rate] of Object.entries(value.rates)) {
    const at = `/rates/${currency}`;
    if (currency === reporting)
      report(file.problem(at, 'WRONG_VALUE', 'the reporting currency has no rate: remove it'));
    else if (Number(rate) === 0)
      report(file.problem(at, 'WRONG_VALUE', 'a rate is above 0: correct it'));
  }
}
