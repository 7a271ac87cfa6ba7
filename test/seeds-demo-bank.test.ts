import { describe, expect, test } from '@jest/globals';
import { HISTORY_FROM } from '../seeds/demo/calendar.ts';
import { EXTRACT_ENTITIES, fileOf } from '../seeds/demo/extract-files.ts';
import { OFFERED, SERVICES } from '../seeds/demo/products.ts';
import { cellOf, type DemoRow, demoFiles, demoRows, minorOf } from './support/demo-extract.ts';

const FILES = EXTRACT_ENTITIES.map(fileOf);
const bank = demoFiles({ seed: 1, customers: 1000 });
const parsed = new Map<string, readonly DemoRow[]>();
const rows = (file: string) => {
  const known = parsed.get(file) ?? demoRows(bank, file);
  parsed.set(file, known);
  return known;
};
const column = (file: string, name: string) => rows(file).map((row) => cellOf(row, name));

function latest(file: string, key: string): ReadonlyMap<string, DemoRow> {
  const found = new Map<string, DemoRow>();
  for (const row of rows(file)) {
    const id = cellOf(row, key);
    const held = found.get(id);
    if (held === undefined || cellOf(held, 'recorded_at') <= cellOf(row, 'recorded_at')) {
      found.set(id, row);
    }
  }
  return found;
}

interface Standing {
  readonly balance: number;
  readonly sequence: number;
  readonly at: string;
  readonly known: string;
}

describe('the demo bank is whole', () => {
  test('no row is recorded after the business date, and none happens after it is recorded', () => {
    const times = ['effective_at', 'occurred_at', 'presented_at', 'responded_at'];
    for (const file of FILES) {
      const wrong = rows(file).filter((row) => {
        const recordedAt = cellOf(row, 'recorded_at');
        const early = times.some((name) => cellOf(row, name) > recordedAt);
        return recordedAt > '2026-06-30T23:59:59.999Z' || early;
      });
      expect({ file, wrong }).toEqual({ file, wrong: [] });
    }
  });

  test('some transactions are recorded late, by three days at most', () => {
    const lateness = rows('transactions.csv').map(
      (row) =>
        Date.parse(cellOf(row, 'recorded_at').slice(0, 10)) -
        Date.parse(cellOf(row, 'effective_at').slice(0, 10)),
    );
    const late = lateness.filter((ms) => ms > 0).length / lateness.length;
    expect(late).toBeGreaterThan(0.01);
    expect(late).toBeLessThan(0.06);
    expect(Math.max(...new Set(lateness))).toBe(3 * 86_400_000);
  });

  test('the business date ends the history, so every day of it has transactions', () => {
    const days = new Set(column('transactions.csv', 'recorded_at').map((at) => at.slice(0, 10)));
    expect(days.size).toBe(730);
    expect([...days].toSorted()[0]).toBe(HISTORY_FROM);
  });

  test('keys are unique', () => {
    for (const [file, ...key] of [
      ['parties.csv', 'party_id'],
      ['household_members.csv', 'household_id', 'party_id'],
      ['arrangements.csv', 'arrangement_id'],
      ['roles.csv', 'party_id', 'arrangement_id', 'role'],
      ['balances.csv', 'arrangement_id', 'effective_on'],
      ['transactions.csv', 'transaction_id'],
      ['interactions.csv', 'interaction_id'],
      ['consents.csv', 'party_id', 'purpose', 'channel', 'effective_at'],
      ['holds.csv', 'hold_id'],
      ['contacts.csv', 'contact_id'],
      ['responses.csv', 'response_id'],
      ['goals.csv', 'goal_id'],
      ['relationship_values.csv', 'party_id', 'effective_on'],
      ['relationship_managers.csv', 'party_id'],
    ] as const) {
      const keys = rows(file).map((row) =>
        [...key, 'recorded_at'].map((name) => cellOf(row, name)).join('|'),
      );
      expect(`${file}: ${keys.length - new Set(keys).size} twice`).toBe(`${file}: 0 twice`);
    }
  });

  test('every key that is referred to exists', () => {
    const ids = (file: string, name: string) => new Set(column(file, name));
    const known: Readonly<Record<string, ReadonlySet<string>>> = {
      party_id: ids('parties.csv', 'party_id'),
      arrangement_id: ids('arrangements.csv', 'arrangement_id'),
      parent_id: ids('arrangements.csv', 'arrangement_id'),
      region_code: ids('regions.csv', 'region_code'),
      contact_id: ids('contacts.csv', 'contact_id'),
      action_id: new Set<string>([...OFFERED, ...SERVICES]),
    };
    for (const file of FILES) {
      for (const [name, keys] of Object.entries(known)) {
        const missing = column(file, name).filter((id) => id !== '' && !keys.has(id));
        expect({ file, name, missing }).toEqual({ file, name, missing: [] });
      }
    }
  });

  test('running balances add up from the first on, in order of effect and recording', () => {
    const standing = new Map<string, Standing>();
    for (const row of rows('balances.csv')) {
      if (cellOf(row, 'effective_on') >= HISTORY_FROM) continue;
      const start = { balance: minorOf(row, 'ledger'), sequence: 0, at: '', known: '' };
      standing.set(cellOf(row, 'arrangement_id'), start);
    }
    let wrong = 0;
    for (const row of rows('transactions.csv')) {
      const id = cellOf(row, 'arrangement_id');
      const before = standing.get(id) ?? { balance: 0, sequence: 0, at: '', known: '' };
      const now = {
        balance: before.balance + minorOf(row, 'amount'),
        sequence: before.sequence + 1,
        at: cellOf(row, 'effective_at'),
        known: cellOf(row, 'recorded_at'),
      };
      const right =
        now.balance === minorOf(row, 'running_balance') &&
        now.sequence === Number(cellOf(row, 'sequence')) &&
        now.at >= before.at &&
        now.known >= before.known;
      if (!right) wrong += 1;
      standing.set(id, now);
    }
    expect(wrong).toBe(0);
    for (const [key, row] of latest('balances.csv', 'arrangement_id')) {
      if (cellOf(row, 'effective_on') !== '2026-06-30') continue;
      expect([key, minorOf(row, 'ledger')]).toEqual([key, standing.get(key)?.balance ?? 0]);
    }
  });
});

describe('the demo bank has what was asked of it', () => {
  const share = (part: number, whole: number) => part / whole;
  const parties = latest('parties.csv', 'party_id');
  const arrangements = latest('arrangements.csv', 'arrangement_id');
  const held = (name: string, value: string) =>
    new Set([...arrangements].filter(([, row]) => cellOf(row, name) === value).map(([id]) => id));

  test('a tenth are organisations, each with a signatory who is a customer', () => {
    const organisations = [...parties].filter(
      ([, row]) => cellOf(row, 'kind') === 'ORGANISATION',
    );
    expect(organisations).toHaveLength(100);
    const accounts = held('product', 'business_account');
    const signed = rows('roles.csv').filter((row) => cellOf(row, 'role') === 'SIGNATORY');
    expect(new Set(signed.map((row) => cellOf(row, 'arrangement_id')))).toEqual(accounts);
    for (const row of signed) expect(parties.get(cellOf(row, 'party_id'))?.kind).toBe('PERSON');
  });

  test('a fifth of current accounts are joint, 5 % of customers have a second currency', () => {
    const current = held('product_kind', 'CURRENT_ACCOUNT');
    const joint = rows('roles.csv').filter((row) => cellOf(row, 'role') === 'JOINT');
    const shared = new Set(joint.map((row) => cellOf(row, 'arrangement_id')));
    const jointShare = share([...current].filter((id) => shared.has(id)).length, current.size);
    expect(jointShare).toBeGreaterThan(0.15);
    expect(jointShare).toBeLessThan(0.27);
    const foreign = [...held('currency', 'CHF'), ...held('currency', 'USD')];
    expect(share(foreign.length, parties.size)).toBeGreaterThan(0.035);
    expect(share(foreign.length, parties.size)).toBeLessThan(0.065);
  });

  test('premium and business customers have one of twelve managers, some a second one', () => {
    const managers = rows('relationship_managers.csv');
    const looked = new Set(managers.map((row) => cellOf(row, 'party_id')));
    const wealthy = new Set(['PRIVATE', 'AFFLUENT', 'CORPORATE', 'SMALL_BUSINESS']);
    const first = new Map(
      rows('parties.csv')
        .map((row) => [cellOf(row, 'party_id'), cellOf(row, 'segment')] as const)
        .toReversed(),
    );
    const expected = [...first].filter(([, segment]) => wealthy.has(segment)).map(([id]) => id);
    expect([...looked].toSorted()).toEqual(expected.toSorted());
    const numbers = new Set(managers.map((row) => cellOf(row, 'manager_id')));
    expect(numbers.size).toBe(12);
    expect(managers.length - looked.size).toBeGreaterThan(looked.size / 20);
    expect(managers.some((row) => cellOf(row, 'ends_on') !== '')).toBe(true);
  });

  test('households have partners and children', () => {
    const members = column('household_members.csv', 'member');
    for (const [member, least] of [
      ['HEAD', 400],
      ['PARTNER', 150],
      ['CHILD', 80],
    ] as const) {
      expect(members.filter((one) => one === member).length).toBeGreaterThan(least);
    }
  });

  test('about ten transactions fall on a customer and month', () => {
    const perMonth = rows('transactions.csv').length / parties.size / 24;
    expect(perMonth).toBeGreaterThan(8);
    expect(perMonth).toBeLessThan(14);
  });

  test('every offer had a chance of 6 % at least, and what was accepted was opened', () => {
    const contacts = new Map(rows('contacts.csv').map((row) => [cellOf(row, 'contact_id'), row]));
    for (const row of contacts.values()) {
      expect(Number(cellOf(row, 'selection_probability_pct'))).toBeGreaterThanOrEqual(6);
    }
    const opened = new Set(
      [...arrangements].map(([id, row]) => `C${id.slice(1, 7)} ${cellOf(row, 'product')}`),
    );
    const accepted = rows('responses.csv').filter(
      (row) => cellOf(row, 'kind') === 'ACCEPTED' && cellOf(row, 'responded_at') < '2026-06-20',
    );
    const offers = accepted
      .map((row) => contacts.get(cellOf(row, 'contact_id')) ?? {})
      .filter((row) => OFFERED.some((action) => action === cellOf(row, 'action_id')));
    const missing = offers.filter(
      (row) => !opened.has(`${cellOf(row, 'party_id')} ${cellOf(row, 'action_id')}`),
    );
    expect(offers.length).toBeGreaterThan(800);
    expect(missing.length).toBeLessThan(offers.length / 50);
  });

  test('every offer was accepted by somebody, ten of them by fifty at least', () => {
    const actions = new Map(
      rows('contacts.csv').map((row) => [cellOf(row, 'contact_id'), cellOf(row, 'action_id')]),
    );
    const accepted = rows('responses.csv')
      .filter((row) => cellOf(row, 'kind') === 'ACCEPTED')
      .map((row) => actions.get(cellOf(row, 'contact_id')));
    const counts = [...OFFERED, ...SERVICES].map(
      (action) => accepted.filter((one) => one === action).length,
    );
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.filter((count) => count >= 50).length).toBeGreaterThanOrEqual(10);
  });

  test.each([
    ['holds.csv', 'kind', ['DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE']],
    ['consents.csv', 'state', ['GIVEN', 'WITHDRAWN', 'OBJECTED']],
    ['consents.csv', 'purpose', ['MARKETING', 'PROFILING']],
    ['interactions.csv', 'intent', ['HARDSHIP', 'CLOSE_ACCOUNT', 'RATE_QUESTION', 'COMPLAINT']],
    ['responses.csv', 'kind', ['ACCEPTED', 'DECLINED', 'COMPLAINED']],
    ['relationship_values.csv', 'tier', ['BASIC', 'PLUS', 'PREMIUM', 'PRIVATE']],
    ['roles.csv', 'role', ['OWNER', 'JOINT', 'AUTHORISED', 'SIGNATORY', 'GUARANTOR']],
    ['arrangements.csv', 'status', ['OPEN', 'CLOSED']],
  ])('%s has every %s', (file, name, values) => {
    expect([...new Set(column(file, name))]).toEqual(expect.arrayContaining(values));
  });
});
