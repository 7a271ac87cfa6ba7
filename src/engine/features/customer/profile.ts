import { standingOf } from '../../../domain/arrangement-status.ts';
import type { PartyRecord } from '../../../domain/bank-record.ts';
import {
  addMonths,
  ageYears,
  type BusinessDate,
  daysBetween,
  monthsBetween,
} from '../../../domain/business-date.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, recorded, unavailable } from '../known.ts';
import { shareInReporting } from '../to-reporting.ts';

/** Who the customer is, without name, address or sex. */
export const PROFILE: Derivations = [
  ['customer.kind', (world) => given(party(world), ({ kind }) => kind)],
  ['customer.ageYears', ageOf],
  ['customer.tenureMonths', tenureMonths],
  ['customer.segment', (world) => field(world, 'segment')],
  [
    'customer.employment',
    (world) => given(person(world), (one) => recorded(one.employment, 'profile')),
  ],
  ['customer.digitalActive', (world) => field(world, 'digitalActive')],
  ['identity.daysToExpiry', daysToIdentityExpiry],
  ['customer.declaredIncomeMonthly', declaredIncome],
  ['customer.residenceCountry', (world) => field(world, 'residenceCountry')],
  ['customer.riskRating', (world) => field(world, 'riskRating')],
  ['region.averageSalary', (world) => ofRegion(world, 'averageSalaryMinor')],
  ['region.unemploymentPpm', (world) => ofRegion(world, 'unemploymentPpm')],
  ['region.urbanPpm', (world) => ofRegion(world, 'urbanPpm')],
];

const LONGEST_LIFE_YEARS = 110;

function ageOf(world: World): Known<number> {
  return given(person(world), ({ birthMonth }) =>
    given(recorded(birthMonth, 'profile'), (month) =>
      ageYears(month, world.customer.businessDate),
    ),
  );
}

/** The arrangements are asked only where the party's own date is not kept. */
function tenureMonths(world: World): Known<number> {
  const { businessDate, arrangements } = world.customer;
  return given(party(world), ({ customerSince, ...one }) => {
    if (customerSince !== undefined) {
      return isWithinLife(customerSince, one, businessDate)
        ? monthsSince(customerSince, businessDate)
        : unavailable('NOT_COVERED', 'profile');
    }
    return given(ofPart(arrangements, 'arrangements'), (held) => {
      const begun = held.filter((one) => standingOf(one.arrangement).held !== 'UNSURE');
      const opened = begun.map((one) => one.arrangement.openedOn).toSorted();
      return given(recorded(opened[0], 'profile'), (date) => monthsSince(date, businessDate));
    });
  });
}

/** Nobody was a customer before birth, or is one for more than a long life. */
function isWithinLife(
  since: BusinessDate,
  { kind, birthMonth }: Pick<PartyRecord, 'kind' | 'birthMonth'>,
  businessDate: BusinessDate,
): boolean {
  if (kind !== 'PERSON') return true;
  return since >= (birthMonth ?? addMonths(businessDate, -LONGEST_LIFE_YEARS * 12));
}

function monthsSince(date: BusinessDate, businessDate: BusinessDate): number {
  return Math.max(0, monthsBetween(date, businessDate));
}

function daysToIdentityExpiry(world: World): Known<number> {
  return given(party(world), ({ kind, identityExpiresOn }) => {
    if (identityExpiresOn === undefined && kind === 'ORGANISATION') return NOT_APPLICABLE;
    return given(recorded(identityExpiresOn, 'profile'), (date) =>
      daysBetween(world.customer.businessDate, date),
    );
  });
}

function declaredIncome(world: World): Known<number> {
  return given(person(world), ({ declaredIncomeMinor, incomeCurrency }) =>
    given(recorded(declaredIncomeMinor, 'profile'), (amountMinor) => {
      const currency = incomeCurrency ?? world.rates.reportingCurrency;
      const share = shareInReporting({ amountMinor, currency }, 1, world.rates);
      return share ?? unavailable('NO_RATE', 'profile');
    }),
  );
}

function ofRegion(
  world: World,
  name: 'averageSalaryMinor' | 'unemploymentPpm' | 'urbanPpm',
): Known<number> {
  return given(ofPart(world.customer.profile, 'profile'), ({ region }) =>
    recorded(region?.[name], 'profile'),
  );
}

function field(
  world: World,
  name: 'segment' | 'digitalActive' | 'residenceCountry' | 'riskRating',
): Known<string | boolean> {
  return given(party(world), (one) => recorded<string | boolean>(one[name], 'profile'));
}

/** NOT_APPLICABLE to organisations. */
function person(world: World): Known<PartyRecord> {
  return given(party(world), (one) => (one.kind === 'PERSON' ? one : NOT_APPLICABLE));
}

function party(world: World): Known<PartyRecord> {
  return given(ofPart(world.customer.profile, 'profile'), (part) => part.party);
}
