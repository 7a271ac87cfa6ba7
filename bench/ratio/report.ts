import Table from 'cli-table3';
import { verdictOf } from './compare.ts';
import type { Found } from './compare-checkouts.ts';

/** A table for people, and below it in words what is worse here. */
export function reportText({ here, other, comparisons }: Found): string {
  const table = new Table({
    head: ['', '', `this: ${here}`, `other: ${other}`, 'ratio', 'least', 'most'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { part, name, digits, ratio, ...one } of comparisons) {
    const figures = [one.here, one.other].map((figure) => figure.toFixed(digits));
    const ratios = [ratio.median, ratio.least, ratio.most].map((of) => of.toFixed(2));
    table.push([part, name, ...figures, ...ratios]);
  }
  return [
    table.toString(),
    'medians of the rounds; ratio: this tree beside the other in the same round, median, least',
    'and most; a rate by this / other, a cost by other / this, so that under 1 is always worse',
    ...verdictOf(comparisons),
  ].join('\n');
}
