import { legacyChoices } from '../../seeds/demo/campaigns.ts';
import { OFFERED, type OfferedProduct } from '../../seeds/demo/products.ts';
import type { TrainingColumn } from '../../src/domain/forest.ts';
import type { RuleSetFiles } from '../../src/domain/rule-set.ts';
import { valueMinor } from '../../src/engine/arbitration/value.ts';
import { NO_GRANTS } from '../../src/engine/pricing/grants.ts';
import { termsOf } from '../../src/engine/pricing/terms.ts';
import { round } from './forest-report.ts';
import type { Rows } from './gather.ts';
import { type Fitted, scoresOf } from './train.ts';
import type { Truth } from './truth.ts';

/** What may be offered at one moment, with all that a policy or a judge may look at. */
interface Option {
  readonly action: OfferedProduct;
  readonly segment: string;
  readonly propensityPpm: number;
  /** What the product takes one acceptance to be worth. */
  readonly ownValueMinor: number;
  /** True chance gained by offering, times the true value. */
  readonly gain: number;
  readonly trueValueMinor: number;
}

type Policy = (options: readonly Option[]) => number;

/**
 * The true incremental value of policies that offer one of the modelled actions to each held-out
 * customer at the beginning of some months, as shares of what one who knew the truth would gain.
 */
export function policyValues(
  decisions: readonly Rows[],
  fitted: readonly Fitted[],
  of: { readonly truth: Truth; readonly ruleSet: RuleSetFiles },
): object {
  const scored = decisions.map((rows, f) => optionsOf(rows, fitted[f] as Fitted, of));
  const gained: Record<string, number> = {};
  let moments = 0;
  for (let row = 0; row < (decisions[0]?.labels.length ?? 0); row += 1) {
    const options = scored.flatMap((optionAt) => optionAt(row) ?? []);
    if (options.length === 0) continue;
    moments += 1;
    for (const [name, policy] of Object.entries(POLICIES)) {
      gained[name] = (gained[name] ?? 0) + policy(options);
    }
  }
  const oracle = gained['oracle'] ?? 0;
  const shares = Object.fromEntries(
    Object.entries(gained).map(([name, value]) => [name, round(value / oracle)]),
  );
  const ratio = (over: string) =>
    round((gained['propensityTimesValue'] ?? 0) / (gained[over] ?? 0));
  return {
    moments,
    oracleMinorEach: Math.round(oracle / moments),
    shareOfOracle: shares,
    nextbestToLegacyRule: ratio('legacyRule'),
    nextbestToLoggingPolicy: ratio('loggingPolicy'),
  };
}

const POLICIES: { readonly [name: string]: Policy } = {
  oracle: (options) => Math.max(0, ...options.map(({ gain }) => gain)),
  random: (options) => options.reduce((sum, one) => sum + one.gain, 0) / options.length,
  loggingPolicy: (options) =>
    legacyChoices(
      options[0]?.segment ?? '',
      options.map(({ action }) => action),
    ).reduce(
      (sum, { selectionPpm }, at) => sum + ((options[at]?.gain ?? 0) * selectionPpm) / 1e6,
      0,
    ),
  legacyRule: (options) => {
    const shares = legacyChoices(
      options[0]?.segment ?? '',
      options.map(({ action }) => action),
    );
    return gainOfBest(options, (_, at) => shares[at]?.selectionPpm ?? 0);
  },
  propensity: (options) => gainOfBest(options, (one) => one.propensityPpm),
  propensityTimesValue: (options) =>
    gainOfBest(options, (one) => one.propensityPpm * one.ownValueMinor),
  propensityTimesTrueValue: (options) =>
    gainOfBest(options, (one) => one.propensityPpm * one.trueValueMinor),
};

function gainOfBest(
  options: readonly Option[],
  worth: (option: Option, at: number) => number,
): number {
  let best = 0;
  for (let at = 1; at < options.length; at += 1) {
    const [one, held] = [options[at], options[best]];
    if (one !== undefined && held !== undefined && worth(one, at) > worth(held, best)) best = at;
  }
  return options[best]?.gain ?? 0;
}

function optionsOf(
  rows: Rows,
  fitted: Fitted,
  { truth, ruleSet }: { readonly truth: Truth; readonly ruleSet: RuleSetFiles },
): (row: number) => Option | undefined {
  const { calibratedPpm } = scoresOf(fitted, rows.table);
  const actionId = rows.forest.predictsFor.id;
  const action = OFFERED.find((one) => one === actionId);
  const declared = ruleSet.body.actions.find(({ id }) => id === actionId);
  if (action === undefined || declared === undefined) throw new Error(`no action ${actionId}`);
  const columns = new Map(rows.table.columns.map((column) => [column.name, column]));
  return (row) => {
    const known = truth.of(rows.customers[row] ?? 0, actionId, rows.months[row] ?? 0);
    if (!known.eligible) return undefined;
    const factOf = (name: string) => valueAt(columns.get(name), row);
    const terms = termsOf(declared.terms, NO_GRANTS, factOf);
    const uplift = (known.withOfferPpm - known.withoutOfferPpm) / 1e6;
    return {
      action,
      segment: String(factOf('customer.segment') ?? ''),
      propensityPpm: calibratedPpm[row] ?? 0,
      ownValueMinor: valueMinor(declared, terms),
      gain: uplift * known.valueMinor,
      trueValueMinor: known.valueMinor,
    };
  };
}

function valueAt(column: TrainingColumn | undefined, row: number): number | string | undefined {
  if (column === undefined) return undefined;
  if (column.kind === 'category') return column.categories[column.codes[row] ?? -1];
  const value = column.values[row] ?? 0;
  // Missing stands below every real value.
  return value < -1e299 ? undefined : value;
}
