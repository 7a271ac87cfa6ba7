import { type BusinessDate, isBusinessDate } from '../../src/domain/business-date.ts';
import { endOfDay, startOfDay } from '../../src/domain/instant.ts';
import { planArrangements } from './arrangement-flows.ts';
import { openOnes } from './arrangements.ts';
import { fillBook } from './book.ts';
import { planBusiness } from './business-flows.ts';
import { HISTORY_FROM, instantText, type Month, monthsUntil } from './calendar.ts';
import { changeConsents, giveFirstConsents } from './consents.ts';
import { offerAndTake } from './contacts.ts';
import { EXTRACT_ENTITIES, extractLine, fileOf, headerLine } from './extract-files.ts';
import { openHouseholdHoldings, openOrganisationHoldings } from './first-holdings.ts';
import { followGoals } from './goals.ts';
import { layHolds } from './holds.ts';
import { BLOCK_SIZE, drawBlock } from './households.ts';
import { interact } from './interactions.ts';
import { liveThroughMonth } from './life-events.ts';
import type { Happening } from './movements.ts';
import { REGIONS } from './names.ts';
import { firstRecordedAt, isAdult, recordParty } from './people.ts';
import { playMonth } from './play-month.ts';
import { valueRelationship } from './relationship-value.ts';
import { serve } from './services.ts';
import { planSpending } from './spending.ts';
import { tidyHoldings } from './tidy.ts';
import { TRUTH_HEADER, truthLine } from './truth-file.ts';
import type { Block, Customer, World } from './world.ts';

/** Which demo bank, and what of it. */
export interface DemoBankOptions {
  readonly seed: number;
  readonly customers: number;
  readonly businessDate: BusinessDate;
  /** Only what the bank recorded after this day: what a moved business date adds. */
  readonly recordedAfter?: BusinessDate;
  /** Also yields the truth that the bank does not know, as `truth.csv`. */
  readonly truth?: boolean;
}

/** Some more text of one file; the first piece of each file is its header line. */
export interface ExtractPiece {
  readonly file: string;
  readonly text: string;
  /** Customers whose rows have all been given, this piece included. */
  readonly customersDone: number;
}

export const TRUTH_FILE = 'truth.csv';

/**
 * Generates the demo bank's extract, ten customers at a time, so that memory does not grow with
 * the bank. What is recorded by a business date does not depend on it: a later extract of the same
 * seed holds every row of an earlier one, unchanged.
 */
export function* generateDemoBank(options: DemoBankOptions): Generator<ExtractPiece> {
  refuseBadOptions(options);
  const months = monthsUntil(options.businessDate);
  const lines = new Map<string, string[]>();
  const world = openWorld(options, lines);
  for (const entity of EXTRACT_ENTITIES) {
    yield { file: fileOf(entity), text: headerLine(entity), customersDone: 0 };
  }
  if (options.truth === true) yield { file: TRUTH_FILE, text: TRUTH_HEADER, customersDone: 0 };
  recordRegions(world);
  for (let first = 0; first < options.customers; first += BLOCK_SIZE) {
    live(world, drawBlock(world, first / BLOCK_SIZE, options.customers), months);
    const customersDone = Math.min(first + BLOCK_SIZE, options.customers);
    for (const [file, some] of lines) yield { file, text: some.join(''), customersDone };
    lines.clear();
  }
}

function refuseBadOptions({ seed, customers, businessDate }: DemoBankOptions): void {
  if (!Number.isInteger(seed)) throw new RangeError(`a seed is a whole number, not \`${seed}\``);
  if (!Number.isInteger(customers) || customers < 1 || customers > 900_000) {
    throw new RangeError(`customers must be 1 to 900000, not \`${customers}\``);
  }
  if (!isBusinessDate(businessDate) || businessDate < HISTORY_FROM) {
    const begins = `the demo bank begins on ${HISTORY_FROM}`;
    throw new RangeError(`${begins}: give that day or a later one, not \`${businessDate}\``);
  }
}

function openWorld(options: DemoBankOptions, lines: Map<string, string[]>): World {
  const until = endOfDay(options.businessDate);
  const after = options.recordedAfter === undefined ? '' : endOfDay(options.recordedAfter);
  const add = (file: string, line: string) => {
    const known = lines.get(file);
    if (known === undefined) lines.set(file, [line]);
    else known.push(line);
  };
  return {
    seed: options.seed,
    emit: (entity, record) => {
      if (record.recordedAt > until || record.recordedAt <= after) return;
      add(fileOf(entity), extractLine(entity, record));
    },
    ...(options.truth === true ? { tell: (row) => add(TRUTH_FILE, truthLine(row)) } : {}),
  };
}

function recordRegions(world: World): void {
  for (const region of REGIONS) {
    world.emit('region', {
      regionCode: region.code,
      name: region.name,
      population: region.population,
      averageSalaryMinor: region.averageSalaryMinor,
      unemploymentPpm: region.unemploymentPpm,
      urbanPpm: region.urbanPpm,
      entrepreneursPerThousand: region.entrepreneursPerThousand,
      recordedAt: startOfDay('2003-01-01'),
    });
  }
}

/** Lets the customers of a block begin, and live month by month. */
function live(world: World, block: Block, months: readonly Month[]): void {
  const people = block.households.flatMap(({ members }) => members);
  const { organisation } = block;
  const everybody = organisation === undefined ? people : [...people, organisation];
  begin(world, block, everybody);
  for (const month of months) {
    for (const customer of everybody) beginMonth(world, customer, month);
    for (const household of block.households) {
      const plan = planHousehold(world, household.members, month);
      playMonth(world, household.members, { month, plan });
    }
    if (organisation !== undefined) {
      const plan = [
        ...planBusiness(world, organisation, month),
        ...planArrangements([organisation], month),
      ];
      playMonth(world, [organisation], { month, plan });
    }
  }
}

function begin(world: World, block: Block, everybody: readonly Customer[]): void {
  for (const customer of everybody) {
    recordParty(world, customer, firstRecordedAt(customer));
    if (customer.kind === 'PERSON') recordMember(world, customer);
    giveFirstConsents(world, customer);
    fillBook(world, customer);
  }
  for (const household of block.households) openHouseholdHoldings(world, household);
  if (block.organisation !== undefined) {
    const adults = everybody.filter(isAdult);
    openOrganisationHoldings(world, block.organisation, adults);
  }
}

function recordMember(world: World, customer: Customer): void {
  world.emit('household_member', {
    householdId: customer.householdId,
    partyId: customer.partyId,
    member: customer.member,
    recordedAt: instantText(firstRecordedAt(customer) + 600),
  });
}

function beginMonth(world: World, customer: Customer, month: Month): void {
  valueRelationship(world, customer, month);
  tidyHoldings(world, customer, month);
  layHolds(world, customer, month);
  changeConsents(world, customer, month);
  liveThroughMonth(world, customer, month);
  followGoals(world, customer, month);
  interact(world, customer, month);
  offerAndTake(world, customer, month);
  serve(world, customer, month);
}

function planHousehold(world: World, members: readonly Customer[], month: Month): Happening[] {
  const adults = members.filter(isAdult);
  const income = adults.reduce((sum, one) => sum + one.incomeMinor, 0);
  const incomeMinor = Math.round(income / Math.max(1, adults.length));
  const plan: Happening[] = planArrangements(members, month);
  adults.forEach((customer, place) => {
    const rent = customer.traits.homeOwner ? 0 : rentOf(adults);
    const billsMinor = place === 0 ? rent : undefined;
    const instalmentsMinor = instalmentsOf(customer);
    const budget = { customer, month, incomeMinor, instalmentsMinor, billsMinor };
    plan.push(...planSpending(world, budget));
  });
  return plan;
}

function instalmentsOf(customer: Customer): number {
  return openOnes(customer).reduce((sum, one) => sum + (one.instalmentMinor ?? 0), 0);
}

function rentOf(adults: readonly Customer[]): number {
  const declared = adults.reduce((sum, one) => sum + one.declaredIncomeMinor, 0);
  return Math.max(30_000, Math.round((declared * 0.27) / 1000) * 1000);
}
