import { below } from '../../domain/json-pointer.ts';
import { ONE_PPM, parsePercent } from '../../domain/ppm.ts';
import {
  APPROVAL_LEVELS,
  type ApprovalEffect,
  type BundleEffect,
  type PricingEffect,
} from '../../domain/rule.ts';
import { checkMembers, isObject, type JsonObject, member, quoted } from './closed-object.ts';
import type { Report } from './rule-problem.ts';

interface Place {
  readonly at: string;
  readonly report: Report;
}

/** Bounds in ppm that hold whatever the action's own floor and ceiling say. */
const DISCOUNTS = [
  { written: 'rateDiscount', read: 'rateDiscountPpm', mostPpm: 200_000 },
  { written: 'feeDiscount', read: 'feeDiscountPpm', mostPpm: ONE_PPM },
  { written: 'amountFactor', read: 'amountFactorPpm', mostPpm: 10_000_000 },
] as const;

const WRITTEN = DISCOUNTS.map((discount) => discount.written);

/** What a pricing rule grants: at least one of the three discounts. */
export function readPricingEffect(document: unknown, place: Place): PricingEffect | undefined {
  if (!isObject(document)) return notAnObject(place);
  checkMembers(document, { required: [], optional: WRITTEN }, place);
  return readDiscounts(document, place);
}

/** What a bundle rule grants, and to which actions. */
export function readBundleEffect(document: unknown, place: Place): BundleEffect | undefined {
  if (!isObject(document)) return notAnObject(place);
  checkMembers(document, { required: ['with'], optional: WRITTEN }, place);
  const at = below(place.at, 'with');
  const actions = member(document, 'with');
  const names = Array.isArray(actions) ? actions.filter((name) => typeof name === 'string') : [];
  const distinct = new Set(names);
  if (!Array.isArray(actions) || distinct.size !== actions.length || distinct.size < 2) {
    place.report(at, 'WRONG_VALUE', 'write a list of two or more different actions');
  } else if (distinct.size > 10) {
    place.report(at, 'WRONG_VALUE', 'more than 10 actions priced together: name fewer');
  }
  return { with: names, ...readDiscounts(document, place) };
}

/** Who must agree. */
export function readApprovalEffect(document: unknown, place: Place): ApprovalEffect | undefined {
  if (!isObject(document)) return notAnObject(place);
  checkMembers(document, { required: ['level'] }, place);
  const level = APPROVAL_LEVELS.find((known) => known === member(document, 'level'));
  if (level !== undefined && level !== 'NONE') return { level };
  const levels = APPROVAL_LEVELS.filter((known) => known !== 'NONE');
  place.report(below(place.at, 'level'), 'WRONG_VALUE', `use one of ${quoted(levels)}`);
  return undefined;
}

function notAnObject(place: Place): undefined {
  place.report(place.at, 'WRONG_VALUE', 'write an object that says what a true verdict does');
  return undefined;
}

function readDiscounts(document: JsonObject, place: Place): PricingEffect {
  const effect: { [name in (typeof DISCOUNTS)[number]['read']]?: number } = {};
  let found = 0;
  for (const { written, read, mostPpm } of DISCOUNTS) {
    if (!Object.hasOwn(document, written)) continue;
    found += 1;
    const text = document[written];
    const ppm = typeof text === 'string' ? parsePercent(text) : undefined;
    if (ppm === undefined || ppm <= 0 || ppm > mostPpm) {
      const most = mostPpm / 10_000;
      place.report(
        below(place.at, written),
        'WRONG_VALUE',
        `write a percentage above 0 and up to ${most}, e.g. \`"0.25 %"\``,
      );
    } else {
      effect[read] = ppm;
    }
  }
  if (found === 0)
    place.report(place.at, 'MISSING_MEMBER', `grants nothing: add one of ${quoted(WRITTEN)}`);
  return effect;
}
