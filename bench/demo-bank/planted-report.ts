import { PLANTED_DRIFT, PLANTED_PROXY } from '../../seeds/demo/appetite.ts';
import { logOddsShift, meanOf, stabilityIndex } from './figures.ts';
import { type Judged, round } from './forest-report.ts';

/** The share of customers, best score first, whom a campaign would take. */
const CAMPAIGN_SHARE = 0.2;

/**
 * The planted drift as monitoring sees it, by a forest trained before it: how far outcomes left
 * the scores in the months before and after it set in, in log-odds, and whether the scores moved.
 */
export function driftLine(judged: Judged): object {
  const { rows, places } = judged;
  const months = places.map((place) => rows.months[place] ?? 0);
  const before = part(judged, (at) => (months[at] ?? 0) < PLANTED_DRIFT.fromMonth);
  const after = part(judged, (at) => (months[at] ?? 0) >= PLANTED_DRIFT.fromMonth);
  const planted = figureOf(PLANTED_DRIFT.milli, rows.forest.predictsFor.id);
  return {
    forest: rows.forest.id,
    planted,
    seen: round(after.shift - before.shift),
    trueDifference: round(after.trueShift - before.trueShift),
    shiftBefore: round(before.shift),
    shiftAfter: round(after.shift),
    rowsBefore: before.labels.length,
    rowsAfter: after.labels.length,
    scoreStabilityIndex: round(stabilityIndex(before.raw, after.raw)),
  };
}

/**
 * The planted proxy: how far the outcomes of one region lie from scores that do not know the
 * region, beside the same elsewhere; and how often each language group would be selected.
 */
export function proxyLine(judged: Judged): object {
  const { rows, places, rawPpm } = judged;
  const isThere = (at: number) => rows.regions[places[at] ?? 0] === PLANTED_PROXY.regionCode;
  const speaks = (at: number) => rows.languages[places[at] ?? 0] === PLANTED_PROXY.language;
  const there = part(judged, isThere);
  const elsewhere = part(judged, (at) => !isThere(at));
  // By the raw score, which hardly ever ties; a step of the calibrated one is taken whole.
  const sorted = rawPpm.toSorted();
  const least = sorted[Math.floor(sorted.length * (1 - CAMPAIGN_SHARE))] ?? 0;
  const selected = (wanted: (at: number) => boolean) =>
    meanOf(part(judged, wanted).raw.map((score) => Number(score >= least)));
  return {
    forest: rows.forest.id,
    planted: figureOf(PLANTED_PROXY.milli, rows.forest.predictsFor.id),
    seen: round(there.shift - elsewhere.shift),
    trueDifference: round(there.trueShift - elsewhere.trueShift),
    rowsThere: there.labels.length,
    selectedOfLanguage: round(selected(speaks)),
    selectedOfOthers: round(selected((at) => !speaks(at))),
    calibrationOfLanguage: calibrationOf(part(judged, speaks)),
    calibrationOfOthers: calibrationOf(part(judged, (at) => !speaks(at))),
  };
}

interface Part {
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly raw: readonly number[];
  readonly shift: number;
  /** The same from the true chances: without the luck of the outcomes. */
  readonly trueShift: number;
}

function part(judged: Judged, wanted: (at: number) => boolean): Part {
  const at = [...judged.labels.keys()].filter(wanted);
  const scores = at.map((one) => judged.calibratedPpm[one] ?? 0);
  const labels = at.map((one) => judged.labels[one] ?? 0);
  const chances = at.map((one) => judged.chances[one] ?? 0);
  const [shift, trueShift] = [logOddsShift(scores, labels), logOddsShift(scores, chances)];
  const raw = at.map((one) => judged.rawPpm[one] ?? 0);
  return { labels, scores, raw, shift, trueShift };
}

/** Outcomes over what was expected: below 1 the scores promise too much. */
function calibrationOf({ labels, scores }: Part): number {
  return round((meanOf(labels) * 1e6) / meanOf(scores));
}

function figureOf(milli: Readonly<Record<string, number | undefined>>, action: string): number {
  return (milli[action] ?? 0) / 1000;
}
