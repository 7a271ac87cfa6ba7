import type { BusinessDate } from '../../../domain/business-date.ts';
import type { Candidate, Capsule } from '../../../domain/decision.ts';
import type { Name } from '../decisions/code-book.ts';

/**
 * A decision as a row of the read model. `candidates` holds a code for each candidate's action,
 * stage and withholding rule, in the capsule's order: by rank, then the withheld. `scores` are raw
 * scores of forests in ppm, null where none was made; `expectedValues` are minor units of the
 * reporting currency. Both end with the last candidate that has one.
 */
export interface OutcomeRow {
  readonly businessDate: BusinessDate;
  readonly channel: number;
  readonly trigger: number;
  readonly inControl: boolean;
  readonly candidates: readonly number[];
  readonly scores: readonly (number | null)[];
  readonly expectedValues: readonly (number | null)[];
}

/** The names whose codes a row holds: channel, trigger, then one a candidate. */
export function outcomeNamesOf({ live, decision }: Capsule): readonly Name[] {
  return [
    { kind: 'channel', name: live.channel },
    { kind: 'trigger', name: live.trigger.kind },
    ...decision.candidates.map(outcomeName),
  ];
}

/** The row of a decision, given the codes of its names in their order. */
export function outcomeRowOf({ live, decision }: Capsule, codes: readonly number[]): OutcomeRow {
  const [channel = 0, trigger = 0, ...candidates] = codes;
  return {
    businessDate: live.businessDate,
    channel,
    trigger,
    inControl: live.arm === 'CONTROL',
    candidates,
    scores: trimmed(decision.candidates.map(({ propensity }) => propensity?.rawPpm ?? null)),
    expectedValues: trimmed(decision.candidates.map((one) => one.expectedValueMinor ?? null)),
  };
}

/** Masked candidates of a control group are told apart: they would have been surfaced. */
function outcomeName({ actionId, outcome, withheld, wouldHaveSurfaced }: Candidate): Name {
  const ranked = wouldHaveSurfaced === true ? 'MASKED' : 'RANK';
  const stage = withheld?.stage ?? (outcome === 'SURFACED' ? 'SURFACED' : ranked);
  return { kind: 'candidate', name: `${actionId}|${stage}|${withheld?.rule ?? ''}` };
}

function trimmed(values: readonly (number | null)[]): readonly (number | null)[] {
  return values.slice(0, values.findLastIndex((value) => value !== null) + 1);
}

/** The columns that only an outcome has, in the order of its parameters. */
export const OUTCOME_COLUMNS =
  'business_date, channel, trigger, in_control, candidates, scores, expected_values';

/** The same as they are selected from parameters; arrays travel as text, one a row. */
export const OUTCOME_VALUES =
  'business_date, channel, trigger, in_control, candidates::int[], scores::int[], ' +
  'expected_values::bigint[]';

/** The parameters of an `unnest` over many outcomes, numbered from `first`. */
export function outcomeParameters(first: number): string {
  const types = ['date', 'int', 'int', 'boolean', 'text', 'text', 'text'];
  return types.map((type, i) => `$${first + i}::${type}[]`).join(', ');
}

/** What the parameters hold, a list a column. */
export function outcomeValues(rows: readonly OutcomeRow[]): readonly unknown[] {
  const arrays = (list: (row: OutcomeRow) => readonly (number | null)[]) =>
    rows.map(
      (row) =>
        `{${list(row)
          .map((value) => value ?? 'null')
          .join(',')}}`,
    );
  return [
    rows.map(({ businessDate }) => businessDate),
    rows.map(({ channel }) => channel),
    rows.map(({ trigger }) => trigger),
    rows.map(({ inControl }) => inControl),
    arrays(({ candidates }) => candidates),
    arrays(({ scores }) => scores),
    arrays(({ expectedValues }) => expectedValues),
  ];
}
