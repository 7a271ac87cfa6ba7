import { askAll } from './ask-all.ts';
import type { Bank } from './bank.ts';
import type { Comparison } from './compare.ts';
import { replayedBy } from './replayed.ts';
import { type Both, compareInRounds, onBoth } from './rounds.ts';

/** How many decisions are stored at least before they are replayed. */
export interface ReplayPlan {
  readonly rounds: number;
  readonly decisions: number;
  readonly warmCustomers: number;
  readonly tell: (what: string) => void;
}

/** `replay --all` of what each side has stored itself, as many on both, services idle beside. */
export async function compareReplay(
  banks: Both<Bank>,
  { rounds, decisions, warmCustomers, tell }: ReplayPlan,
): Promise<readonly Comparison[]> {
  await onBoth(banks, async (bank) => {
    tell(`replay: storing decisions of ${bank.side.name}`);
    const { identical } = replayedBy(await replayAll(bank));
    const count = Math.max(decisions - identical, 0);
    await askAll(bank.asking(warmCustomers), { from: 0, count });
  });
  return compareInRounds(banks, rounds, async (bank, round) => {
    tell(`replay, round ${round + 1} of ${rounds}: ${bank.side.name}`);
    const ran = await replayAll(bank);
    const { identical } = replayedBy(ran);
    const part = `replay of ${identical}`;
    return [
      { part, name: 'decisions/s', better: 'MORE', digits: 0, value: identical / ran.wallS },
      {
        part,
        name: 'CPU us a decision',
        better: 'LESS',
        digits: 0,
        value: (ran.cpuS * 1e6) / identical,
      },
    ];
  });
}

function replayAll({ side, dataFolder }: Bank) {
  return side.command({ dataFolder }, 'replay', '--all');
}
