/** A question as a console, an application or a batch would put it. */
export interface Question {
  readonly customerId: string;
  readonly channel: (typeof CHANNELS)[number];
  readonly placement: string | null;
  readonly first: number | null;
  readonly context: Readonly<Record<string, string | number>> | null;
  readonly requestId: string | null;
}

const CHANNELS = ['AGENT', 'MOBILE', 'WEB', 'EMAIL', 'BRANCH', 'SMS', 'PHONE', 'MAIL'] as const;
const PLACEMENTS = [null, null, 'offers', null, 'home-banner'];
const FIRSTS = [null, 1, 2, null, 5, 20, null];
const CONTEXTS = [
  null,
  { 'context.intent': 'BORROW' },
  null,
  { 'context.lifeEvent': 'MOVING_HOME', 'context.amountOfInterest': 2_500_000 },
  null,
  { 'context.intent': 'SAVE', 'context.lifeEvent': 'NEW_JOB' },
  null,
  null,
  null,
  { 'context.amountOfInterest': 0 },
  null,
];

/**
 * So many questions about the first customers of the demo bank. The lists have lengths without a
 * common divisor, so that before long every combination comes up, and each customer several
 * times.
 */
export function questions(count: number, customers: number): readonly Question[] {
  return Array.from({ length: count }, (_, number) => ({
    customerId: `C${String(1 + (number % customers)).padStart(6, '0')}`,
    channel: at(CHANNELS, number + Math.floor(number / customers)),
    placement: at(PLACEMENTS, number),
    first: at(FIRSTS, number),
    context: at(CONTEXTS, number),
    requestId: number % 3 === 0 ? `carried-${number}` : null,
  }));
}

function at<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new RangeError('an empty list holds nothing to take');
  return found;
}
