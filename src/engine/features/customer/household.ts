import type { HouseholdMemberRecord } from '../../../domain/bank-record.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart } from '../known.ts';

/** With whom the customer lives. */
export const HOUSEHOLD: Derivations = [
  ['household.size', (world) => given(members(world), (all) => all.length)],
  [
    'household.childCount',
    (world) => given(members(world), (all) => all.filter((one) => one.member === 'CHILD').length),
  ],
];

function members(world: World): Known<readonly HouseholdMemberRecord[]> {
  return given(ofPart(world.customer.household, 'household'), (all) =>
    all.length === 0 ? NOT_APPLICABLE : all,
  );
}
