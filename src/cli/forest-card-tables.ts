import type { CardGroup } from '../domain/card-parts.ts';
import type { ForestFigures, ModelCard } from '../domain/model-card.ts';
import { escaped, percent } from './forest-card-plots.ts';

const share = (ppm: number) => (ppm / 1_000_000).toFixed(4);
const count = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** What a reader sees of figures: out of bag, and beside it on later rows. */
export function figuresTable(card: ModelCard): string {
  const { outOfBag, calibrated, timeSplit } = card;
  const of = (
    name: string,
    meaning: string,
    pick: (
      raw: ForestFigures,
      calibrated: Pick<ForestFigures, 'brierPpm' | 'ecePpm'>,
    ) => number | undefined,
  ): readonly string[] => {
    const late = timeSplit && pick(timeSplit.raw, timeSplit.calibrated);
    const cells = [pick(outOfBag, calibrated), ...(timeSplit ? [late] : [])].map(
      (ppm) => `<td class="number">${ppm === undefined ? '–' : share(ppm)}</td>`,
    );
    return [`<tr><th scope="row">${name}</th>${cells.join('')}<td>${meaning}</td></tr>`];
  };
  const fitted = 'its out-of-bag figure is of the very rows it was calibrated on';
  const rows = [
    of('AUC', 'how often a positive row is scored above a negative one', (r) => r.aucPpm),
    of('PR-AUC', 'mean precision over all positives', (r) => r.prAucPpm),
    of('lift in the best tenth', 'positives against the average', (r) => r.liftAtTenthPpm),
    of('Brier, raw', 'mean squared error of the score', (r) => r.brierPpm),
    of('Brier, calibrated', fitted, (_, c) => c.brierPpm),
    of('log loss, raw', 'mean surprise in nats', (r) => r.logLossPpm),
    of('ECE, raw', 'mean distance of score and outcome, ten groups', (r) => r.ecePpm),
    of('ECE, calibrated', fitted, (_, c) => c.ecePpm),
  ];
  const head = timeSplit === undefined ? '' : '<th class="number">later rows</th>';
  return `<table><tr><th></th><th class="number">out of bag</th>${head}<th></th></tr>
${rows.flat().join('')}</table>`;
}

/** The two figures' rows in words. */
export function splitNote({ timeSplit }: ModelCard): string {
  const outOfBag = 'Out of bag: each row by the trees that did not see it.';
  if (timeSplit === undefined) {
    return `<p class="note">${outOfBag} It was not judged by later rows.</p>`;
  }
  const { trainFrom, trainTo, testFrom, testTo, overlaps } = timeSplit;
  const late =
    `Later rows: a forest of the same settings learned from ${count(timeSplit.trainRows)} rows ` +
    `of ${trainFrom} to ${trainTo} (${count(timeSplit.trainPositives)} positive) and was judged ` +
    `by ${count(timeSplit.testRows)} of ${testFrom} to ${testTo} ` +
    `(${count(timeSplit.testPositives)} positive). ` +
    (overlaps
      ? 'Some outcomes of the early rows were still open on the first late day.'
      : 'All outcomes of the early rows were known on the first late day.');
  return `<p class="note">${outOfBag}<br>${escaped(late)}</p>`;
}

/** How each group fares. */
export function groupsTable(groups: readonly CardGroup[]): string {
  const rows = groups.map((one) => {
    const ratio = one.calibrationRatioPpm;
    const cells = [
      count(one.rows),
      count(one.positives),
      percent(one.baseRatePpm),
      percent(one.meanScorePpm),
      ratio === undefined ? '–' : (ratio / 1_000_000).toFixed(2),
      one.aucPpm === undefined ? 'too few' : (one.aucPpm / 1_000_000).toFixed(3),
    ].map((cell) => `<td class="number">${cell}</td>`);
    const name = `${one.attribute === 'SEX' ? 'sex' : 'age'} ${one.group}`;
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`;
  });
  const heads = ['rows', 'positive', 'happened', 'said', 'said / happened', 'AUC'];
  const head = heads.map((name) => `<th class="number">${name}</th>`).join('');
  return `<table><tr><th></th>${head}</tr>${rows.join('')}</table>
<p class="note">Calibrated out-of-bag scores. These attributes are no features of the forest; sex
is told apart only where the bank permits it for monitoring.</p>`;
}

/** How full the window is, and where its rows came from. */
export function coverageSection({ coverage, origins }: ModelCard): string {
  if (coverage === undefined) return '';
  const periods = coverage.periods.map(
    ({ period, rows, positives }) =>
      `<tr><th scope="row">${escaped(period)}</th><td class="number">${count(rows)}</td>` +
      `<td class="number">${count(positives)}</td></tr>`,
  );
  const missing = coverage.missing.map(
    ({ name, sharePpm }) =>
      `<tr><th scope="row">${escaped(name)}</th><td class="number">${percent(sharePpm)}</td></tr>`,
  );
  const from =
    origins === undefined
      ? ''
      : `<p>${count(origins.live)} rows are LIVE: their facts are the snapshots that decisions
left behind. ${count(origins.backfill)} are BACKFILL: derived afterwards, from what was recorded by
the end of their day.</p>`;
  const constant =
    coverage.constant.length === 0
      ? ''
      : `<p>Left out, for all rows had one value:
${escaped(coverage.constant.join(', '))}.</p>`;
  const scarce =
    missing.length === 0
      ? '<p>No row lacks any feature.</p>'
      : `<table><tr><th>feature</th><th class="number">rows without</th></tr>
${missing.join('')}</table>`;
  return `<h2>What it learned from</h2>${from}${constant}<div class="plots"><div>
<table><tr><th></th><th class="number">rows</th><th class="number">positive</th></tr>
${periods.join('')}</table></div><div>${scarce}</div></div>`;
}
