import type { CreditApplicationRecord } from '../../../domain/bank-record.ts';
import { daysBetween } from '../../../domain/business-date.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart } from '../known.ts';

/** What the customer has asked to be lent. */
export const CREDIT_APPLICATIONS: Derivations = [
  ['creditApplications.openCount', (world) => given(open(world), (all) => all.length)],
  ['creditApplications.openKinds', openKinds],
  ['creditApplications.daysSinceDeclined', daysSinceDeclined],
];

function openKinds(world: World): Known<readonly string[]> {
  return given(open(world), (all) => {
    return [...new Set(all.map(({ productKind }) => productKind))].toSorted();
  });
}

/** A decline that is dated to come counts as one of today. */
function daysSinceDeclined(world: World): Known<number> {
  const { businessDate } = world.customer;
  return given(told(world), (all) => {
    const days = all
      .filter(({ state }) => state === 'DECLINED')
      .map(({ stateSince }) => Math.max(0, daysBetween(stateSince, businessDate)));
    return days.length === 0 ? NOT_APPLICABLE : Math.min(...days);
  });
}

function open(world: World): Known<readonly CreditApplicationRecord[]> {
  return given(told(world), (all) => all.filter(({ state }) => state === 'OPEN'));
}

function told(world: World): Known<readonly CreditApplicationRecord[]> {
  return ofPart(world.customer.creditApplications, 'creditApplications');
}
