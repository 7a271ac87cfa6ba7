import type { ResponseRecord } from '../../../domain/bank-record.ts';
import { addDays } from '../../../domain/business-date.ts';
import { dateOf } from '../../../domain/instant.ts';
import { ONE_PPM, timesRatio } from '../../../domain/ppm.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart } from '../known.ts';

const YEAR_DAYS = 365;

/** How the customer answered what was presented. */
export const CAMPAIGNS: Derivations = [
  ['campaigns.contactCount90d', (world) => contacts(world, 90)],
  ['campaigns.contactCount365d', (world) => contacts(world, YEAR_DAYS)],
  ['campaigns.acceptedCount365d', (world) => responses(world, 'ACCEPTED')],
  ['campaigns.declinedCount365d', (world) => responses(world, 'DECLINED')],
  ['campaigns.declinedShare365dPpm', declinedShare],
];

function contacts(world: World, days: number): Known<number> {
  const since = addDays(world.customer.businessDate, 1 - days);
  return given(
    ofPart(world.customer.campaigns, 'campaigns'),
    (all) => all.contacts.filter((one) => dateOf(one.presentedAt) >= since).length,
  );
}

/** A treatment answered twice the same way counts once. */
function responses(world: World, kind: ResponseRecord['kind']): Known<number> {
  const since = addDays(world.customer.businessDate, 1 - YEAR_DAYS);
  return given(ofPart(world.customer.campaigns, 'campaigns'), (all) => {
    const own = all.responses.filter(
      (one) => one.kind === kind && dateOf(one.respondedAt) >= since,
    );
    return new Set(own.map((one) => one.contactId)).size;
  });
}

/** Of a year's contacts; not applicable to whom nothing was offered. */
function declinedShare(world: World): Known<number> {
  return given(contacts(world, YEAR_DAYS), (contacted) =>
    given(responses(world, 'DECLINED'), (declined) =>
      contacted > 0 ? timesRatio(declined, ONE_PPM, contacted) : NOT_APPLICABLE,
    ),
  );
}
