import type { RelationshipValueRecord } from '../../../domain/bank-record.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, unavailable } from '../known.ts';
import { shareInReporting } from '../to-reporting.ts';

/** What the relationship is worth, as the bank last worked it out. */
export const RELATIONSHIP: Derivations = [
  ['relationship.marginYearly', marginYearly],
  ['relationship.tier', (world) => given(latest(world), ({ tier }) => tier ?? NOT_APPLICABLE)],
];

function marginYearly(world: World): Known<number> {
  return given(latest(world), ({ marginMinor, currency }) => {
    const margin = shareInReporting({ amountMinor: marginMinor, currency }, 1, world.rates);
    return margin ?? unavailable('NO_RATE', 'relationshipValue');
  });
}

function latest(world: World): Known<RelationshipValueRecord> {
  return given(
    ofPart(world.customer.relationshipValue, 'relationshipValue'),
    (value) => value ?? NOT_APPLICABLE,
  );
}
