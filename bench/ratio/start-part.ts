import { serviceFigures } from '../http/service-figures.ts';
import type { Bank } from './bank.ts';
import { type Comparison, compareSides } from './compare.ts';
import { type Both, compareInRounds, onBoth } from './rounds.ts';

const PART = 'start';

/** `start` over a bank that is there, until it is ready; the services must be stopped before. */
export async function compareStart(
  banks: Both<Bank>,
  { rounds, tell }: { readonly rounds: number; readonly tell: (what: string) => void },
): Promise<readonly Comparison[]> {
  await onBoth(banks, async ({ side, dataFolder }) => {
    tell(`start: once uncounted, ${side.name}`);
    await (await side.serve({ dataFolder }, 'start')).stop();
  });
  return compareInRounds(banks, rounds, async ({ side, dataFolder }, round) => {
    tell(`start, round ${round + 1} of ${rounds}: ${side.name}`);
    const service = await side.serve({ dataFolder }, 'start');
    const { cpuSeconds } = await serviceFigures(service.url);
    await service.stop();
    const name = 'warm, s until ready';
    return [
      { part: PART, name, better: 'LESS', digits: 2, value: service.readyS },
      {
        part: PART,
        name: 'warm, service CPU s',
        better: 'LESS',
        digits: 2,
        value: cpuSeconds,
      },
    ];
  });
}

/** The very first starts, which generate, import and train: one pair, made on the way. */
export function compareFirstStarts({ here, other }: Both<Bank>): readonly Comparison[] {
  const figures = ({ firstStartS: value }: Bank) => [
    [{ part: PART, name: 'first of all, s', better: 'LESS' as const, digits: 1, value }],
  ];
  return compareSides(figures(here), figures(other));
}
