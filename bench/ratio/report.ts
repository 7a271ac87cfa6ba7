import Table from 'cli-table3';
import { verdictOf } from './compare.ts';
import type { Found } from './compare-checkouts.ts';

/** The load is the mean of the last five minutes. */
export interface Machine {
  readonly cores: number;
  readonly load: number;
}

/** A table for people, and below it in words what is worse here. */
export function reportText({ here, other, comparisons }: Found, machine: Machine): string {
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
    `load ${machine.load.toFixed(1)} on ${machine.cores} cores: ${advice(machine)}`,
    ...verdictOf(comparisons),
  ].join('\n');
}

/** The bench itself keeps a core or two busy; more is others' work. */
function advice({ cores, load }: Machine): string {
  if (load <= cores * 1.5) return 'quiet enough for rates';
  return 'others were at work, so believe CPU before rates, and run again';
}
