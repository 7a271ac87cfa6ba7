import { ageYears } from '../../../domain/business-date.ts';
import type { CardGroup, MonitoredAttribute } from '../../../domain/card-parts.ts';
import type { Customer360 } from '../../../domain/customer360.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { measure } from '../../../laboratory/judging/metrics.ts';

/** Age bands by their place in a row; 0 is where no month of birth is known. */
const AGE_BANDS = ['unknown', 'under 25', '25 to 34', '35 to 49', '50 to 64', '65 and over'];
const BAND_STARTS = [0, 25, 35, 50, 65];

/** 0 is unknown, or not permitted. */
const SEXES = ['unknown', 'F', 'M'];

/** Fewer positive or negative rows tell no AUC. */
const LEAST_OF_A_CLASS = 20;

/** Whom a row is of, as places in the lists above. */
export interface GroupCodes {
  readonly ageBand: number;
  readonly sex: number;
}

/**
 * A customer's groups on the view's day. Sex is read here and nowhere else, and only where the
 * forest's declaration permits it: no fact sheet, table or forest ever holds it.
 */
export function groupCodesOf(
  { profile, businessDate }: Customer360,
  { monitoring }: ForestDeclaration,
): GroupCodes {
  if (profile.state === 'FAILED') return { ageBand: 0, sex: 0 };
  const { birthMonth, sex } = profile.value.party;
  const maySex = monitoring?.includes('sex') === true && sex !== undefined;
  return {
    ageBand: birthMonth === undefined ? 0 : bandOf(ageYears(birthMonth, businessDate)),
    sex: maySex ? SEXES.indexOf(sex) : 0,
  };
}

function bandOf(years: number): number {
  return BAND_STARTS.filter((start) => years >= start).length;
}

/** Rows that were scored out of bag: outcome, calibrated score, and whom they are of. */
interface GroupedScores {
  readonly labels: Uint8Array;
  readonly scoresPpm: Int32Array;
  readonly ageBands: readonly number[];
  readonly sexes: readonly number[];
  readonly monitoring: ForestDeclaration['monitoring'];
}

/** How each group fares; groups without rows are left out. */
export function cardGroups(scores: GroupedScores): readonly CardGroup[] {
  const bands = groupsBy('AGE_BAND', AGE_BANDS, { ...scores, codes: scores.ageBands });
  if (scores.monitoring?.includes('sex') !== true) return bands;
  return [...bands, ...groupsBy('SEX', SEXES, { ...scores, codes: scores.sexes })];
}

function groupsBy(
  attribute: MonitoredAttribute,
  names: readonly string[],
  { codes, labels, scoresPpm }: GroupedScores & { readonly codes: readonly number[] },
): readonly CardGroup[] {
  return names.flatMap((group, code) => {
    const isOf = (_: unknown, row: number) => codes[row] === code;
    const own = labels.filter(isOf);
    return own.length === 0
      ? []
      : [{ attribute, group, ...figuresOf(own, scoresPpm.filter(isOf)) }];
  });
}

function figuresOf(
  labels: Uint8Array,
  scoresPpm: Int32Array,
): Omit<CardGroup, 'attribute' | 'group'> {
  const rows = labels.length;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const said = scoresPpm.reduce((sum, score) => sum + score, 0);
  const tells = Math.min(positives, rows - positives) >= LEAST_OF_A_CLASS;
  return {
    rows,
    positives,
    baseRatePpm: Math.round((positives * 1_000_000) / rows),
    meanScorePpm: Math.round(said / rows),
    ...(tells && { aucPpm: measure(labels, scoresPpm).aucPpm }),
    ...(positives > 0 && { calibrationRatioPpm: Math.round(said / positives) }),
  };
}
