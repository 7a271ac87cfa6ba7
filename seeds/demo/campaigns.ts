import { CONTACTS_FROM_MONTH, type Month } from './calendar.ts';
import { exponential } from './curves.ts';
import { OFFERED, OFFERED_TO_ORGANISATIONS, type OfferedProduct } from './products.ts';
import type { Customer } from './world.ts';

/** Offers that one wave has on its list: with five, exploration leaves each at least 6 %. */
const SLATE_SIZE = 5;
const LEGACY_PPM = 700_000;
const EXPLORATION_PPM = 300_000;

/** How often an offer gets into a month's waves, against one another. */
const ROTATION: readonly (readonly [OfferedProduct, number])[] = [
  ['savings_account', 9],
  ['card_gold', 9],
  ['personal_loan', 9],
  ['home_improvement_loan', 9],
  ['term_deposit', 6],
  ['fund_plan', 9],
  ['travel_insurance', 9],
  ['home_insurance', 7],
  ['pension_plan', 6],
  ['auto_loan', 6],
  ['card_classic', 4],
  ['overdraft', 8],
  ['premium_account', 9],
  ['mortgage', 4],
  ['sweep_account', 3],
  ['card_platinum', 3],
];

/** One round of offers: the actions on its list and the days it lasts. */
export interface Wave {
  readonly actions: readonly OfferedProduct[];
  readonly fromDay: number;
  readonly days: number;
}

/** An action that the policy may choose, and how likely it is to. */
export interface Choice {
  readonly action: OfferedProduct;
  readonly selectionPpm: number;
}

/** The waves of a month for people: two lists of five that share no action. */
export function wavesFor(customer: Customer, month: Month): readonly Wave[] {
  if (month.index < CONTACTS_FROM_MONTH) return [];
  if (customer.kind === 'ORGANISATION') {
    return [{ actions: OFFERED_TO_ORGANISATIONS, fromDay: 6, days: 18 }];
  }
  const [early, late] = personLists(month.index);
  return [
    { actions: early, fromDay: 1, days: 11 },
    { actions: late, fromDay: 14, days: 12 },
  ];
}

/**
 * The bank's legacy policy: of the actions that the customer could take, one by 70 % softmax of a
 * rule of thumb and 30 % chance. The shares are whole ppm and sum to one whole.
 */
export function legacyChoices(
  segment: string,
  actions: readonly OfferedProduct[],
): readonly Choice[] {
  const weights = actions.map((action) => exponential(legacyScore(segment, action) / 1000));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const even = Math.floor(EXPLORATION_PPM / Math.max(1, actions.length));
  const shares = weights.map((weight) => Math.floor((LEGACY_PPM * weight) / total) + even);
  const rest = LEGACY_PPM + EXPLORATION_PPM - shares.reduce((sum, share) => sum + share, 0);
  return actions.map((action, i) => ({
    action,
    selectionPpm: (shares[i] ?? 0) + (i === 0 ? rest : 0),
  }));
}

type Lists = readonly [readonly OfferedProduct[], readonly OfferedProduct[]];
const lists: Lists[] = [];

/** Each month the ten actions that waited longest for their share, dealt to two waves in turn. */
function personLists(month: number): Lists {
  if (lists.length === 0) for (const pair of dealLists(120)) lists.push(pair);
  return lists[month % 120] ?? [[], []];
}

function dealLists(months: number): Lists[] {
  const credit = ROTATION.map(([action, weight], i) => ({ action, weight, credit: i / 100 }));
  const total = ROTATION.reduce((sum, [, weight]) => sum + weight, 0);
  return Array.from({ length: months }, () => {
    for (const one of credit) one.credit += (one.weight * 2 * SLATE_SIZE) / total;
    const chosen = credit.toSorted((a, b) => b.credit - a.credit).slice(0, 2 * SLATE_SIZE);
    for (const one of chosen) one.credit -= 1;
    const actions = chosen.map(({ action }) => action);
    return [actions.filter((_, i) => i % 2 === 0), actions.filter((_, i) => i % 2 === 1)];
  });
}

/** What the bank believed about whom to offer what: by segment and product, no more. */
function legacyScore(segment: string, action: OfferedProduct): number {
  const wealthy = segment === 'AFFLUENT' || segment === 'PRIVATE';
  const senior = segment === 'SENIOR';
  const rank = OFFERED.indexOf(action) * 20;
  if (WEALTH.includes(action)) return rank + (wealthy ? 900 : 0);
  if (LENDING.includes(action)) return rank + (wealthy || senior ? -500 : 600);
  return rank + (senior && action === 'savings_account' ? 600 : 200);
}

const WEALTH: readonly OfferedProduct[] = [
  'fund_plan',
  'term_deposit',
  'premium_account',
  'card_platinum',
  'card_gold',
];
const LENDING: readonly OfferedProduct[] = [
  'personal_loan',
  'home_improvement_loan',
  'auto_loan',
  'overdraft',
  'mortgage',
];
