import type { ResponseRecord } from '../../domain/bank-record.ts';
import { addDays } from '../../domain/business-date.ts';
import { dateOf } from '../../domain/instant.ts';
import type { Derivations, World } from './derivation.ts';
import { given, type Known, ofPart } from './known.ts';

/** How the customer answered what was presented. */
export const CAMPAIGNS: Derivations = [
  ['campaigns.contactCount365d', contacts],
  ['campaigns.acceptedCount365d', (world) => responses(world, 'ACCEPTED')],
  ['campaigns.declinedCount365d', (world) => responses(world, 'DECLINED')],
];

function contacts(world: World): Known<number> {
  const since = yearTo(world);
  return given(
    ofPart(world.customer.campaigns, 'campaigns'),
    (all) => all.contacts.filter((one) => dateOf(one.presentedAt) >= since).length,
  );
}

/** A treatment answered twice the same way counts once. */
function responses(world: World, kind: ResponseRecord['kind']): Known<number> {
  const since = yearTo(world);
  return given(ofPart(world.customer.campaigns, 'campaigns'), (all) => {
    const own = all.responses.filter(
      (one) => one.kind === kind && dateOf(one.respondedAt) >= since,
    );
    return new Set(own.map((one) => one.contactId)).size;
  });
}

function yearTo(world: World): string {
  return addDays(world.customer.businessDate, -364);
}
