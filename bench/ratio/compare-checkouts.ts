import { openBank } from './bank.ts';
import { checkOut, thisCheckout } from './checkout.ts';
import type { Comparison } from './compare.ts';
import { compareImport } from './import-part.ts';
import type { RatioOptions } from './options.ts';
import { compareReplay } from './replay-part.ts';
import { type Both, onBoth } from './rounds.ts';
import type { Scratch } from './scratch.ts';
import { compareServed } from './served-part.ts';
import { createSide, type Side } from './side.ts';
import { compareFirstStarts, compareStart } from './start-part.ts';

/** What was compared, and how this tree did. */
export interface Found {
  readonly here: string;
  readonly other: string;
  readonly comparisons: readonly Comparison[];
}

/** One customer in so many is asked again and again; the others are kept cold. */
const WARM_ONE_IN = 5;

/** Compares this tree with a commit; `tell` hears what is being done. */
export async function compareWith(
  options: RatioOptions,
  scratch: Scratch,
  tell: (what: string) => void,
): Promise<Found> {
  tell(`checking out ${options.commit}`);
  const sides: Both<Side> = {
    here: createSide('here', await thisCheckout(scratch), scratch),
    other: createSide('other', await checkOut(options.commit, scratch), scratch),
  };
  const comparisons: Comparison[] = [];
  if (options.only.some((part) => part !== 'import')) {
    comparisons.push(...(await compareBanks(sides, { ...options, scratch, tell })));
  }
  if (options.only.includes('import')) {
    comparisons.push(...(await compareImport(sides, { ...options, scratch, tell })));
  }
  return { here: sides.here.commit, other: sides.other.commit, comparisons };
}

interface BanksPlan extends RatioOptions {
  readonly scratch: Scratch;
  readonly tell: (what: string) => void;
}

/** Both services stay up while they are compared, and only one has something to do. */
async function compareBanks(
  sides: Both<Side>,
  { scratch, ...plan }: BanksPlan,
): Promise<readonly Comparison[]> {
  const { customers, only, tell } = plan;
  const banks = await onBoth(sides, (side) => {
    tell(`first start of all: ${side.name}`);
    return openBank(side, customers, scratch);
  });
  const warmCustomers = Math.floor(customers / WARM_ONE_IN);
  const comparisons: Comparison[] = [];
  // Before the services store as many decisions as each manages.
  if (only.includes('replay')) {
    comparisons.push(...(await compareReplay(banks, { ...plan, warmCustomers })));
  }
  if (only.includes('cold') || only.includes('http')) {
    comparisons.push(...(await compareServed(banks, { ...plan, warmCustomers })));
  }
  await onBoth(banks, (bank) => bank.stop());
  if (only.includes('start')) {
    comparisons.push(...compareFirstStarts(banks), ...(await compareStart(banks, plan)));
  }
  return comparisons;
}
