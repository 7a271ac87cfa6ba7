import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { ROLES, type Role } from '../../src/app/ports/identity.ts';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { maySelect } from '../../src/graphql/permits.ts';
import { arrangement, covered, owner, person, posting } from '../support/customer-history.ts';
import { fakePorts } from '../support/fakes/fake-world.ts';
import { CUSTOMER, createRig, NEXT, TYPE_DEFS } from '../support/graphql-rig.ts';
import { wholeSelection } from '../support/whole-selection.ts';

type Rig = Awaited<ReturnType<typeof createRig>>;

/** What no role but an agent may read, as one world has it. */
const USUAL = {
  givenName: 'Zephyrine',
  familyName: 'Quillfeather',
  email: 'zephyrine@quill.example',
  phone: '+420777000111',
  city: 'Quilltown',
  birthDate: '1982-03-04',
  accountNumber: '4405776600112233',
  merchant: 'Quill and Co',
  arrangementId: 'm-account',
  transactionId: 'm-posting',
};
type Secrets = typeof USUAL;

/** What another world has instead; numbers once before and once after their neighbours'. */
const OTHERWISE: readonly (readonly [string, Partial<Secrets>, readonly string[]])[] = [
  [
    'who the customer is',
    {
      givenName: 'Ann',
      familyName: 'Zwei',
      email: 'a@quill.example',
      phone: '+420777000112',
      city: 'Aberdeen',
      birthDate: '1982-03-05',
    },
    [
      'Profile.birthDate',
      'Profile.city',
      'Profile.displayName',
      'Profile.email',
      'Profile.phone',
    ],
  ],
  [
    'account number and merchant',
    { accountNumber: '1', merchant: 'Another' },
    ['Arrangement.accountNumber', 'Transaction.merchant'],
  ],
  ...['a', 'z'].map(
    (arrangementId) =>
      [
        `an arrangement’s number, \`${arrangementId}\``,
        { arrangementId },
        ['Arrangement.id', 'Transaction.arrangementId'],
      ] as const,
  ),
  ...['a', 'z'].map(
    (transactionId) =>
      [
        `a posting’s number, \`${transactionId}\``,
        { transactionId },
        ['Transaction.id'],
      ] as const,
  ),
];

/** What a fact added to a score is told to them, and follows from the value that is not. */
const TOLD_BY_ANOTHER = [
  'FactContribution.state',
  'FactContribution.value',
  'FactContribution.words',
];

const contract = buildSchema(TYPE_DEFS);

test('every field that some role gets masked differs in one of these worlds', () => {
  const masked = [...contract.permits].filter(([, permit]) => permit.masked.length > 0);
  const varied = OTHERWISE.flatMap(([, , fields]) => fields);
  expect([...new Set([...varied, ...TOLD_BY_ANOTHER])].toSorted()).toEqual(
    masked.map(([name]) => name).toSorted(),
  );
});

describe('worlds that differ in what is masked', () => {
  let usual: Rig;
  let read: readonly Leaf[];
  beforeAll(async () => {
    usual = await worldOf(USUAL);
    read = await leavesOf(usual);
  });
  afterAll(() => usual.app.close());

  describe.each(OTHERWISE)('in %s', (_what, secrets, fields) => {
    let other: Rig;
    let told: readonly Leaf[];
    beforeAll(async () => {
      other = await worldOf({ ...USUAL, ...secrets });
      told = await leavesOf(other);
    });
    afterAll(() => other.app.close());

    test('differ for an agent in the fields that tell it, and in none besides', () => {
      expect(differing(read, told)).toEqual(fields);
    });

    test.each(ROLES.filter((role) => role !== 'AGENT' && role !== 'ADVISOR'))(
      'are one and the same to %s: whole answers, filters, order, cursors, errors and counts',
      async (role) => {
        const readable = fields.filter((name) => {
          const permit = contract.permits.get(name);
          return permit !== undefined && maySelect({ ...permit, masked: [] }, [role]);
        });
        expect(readable).toEqual([]);
        let answered = 0;
        for (const query of questionsOf(role, { secrets, leaves: [...read, ...told] })) {
          const [one, two] = await Promise.all([
            usual.ask(query, { token: role }),
            other.ask(query, { token: role }),
          ]);
          expect([query, two.status, two.text]).toEqual([query, one.status, one.text]);
          if (one.status === 200) answered += 1;
        }
        expect(answered > 20).toBe(role === 'AUDITOR' || role === 'SERVICE');
      },
      60_000,
    );
  });
});

/** Two accounts of one day and postings of one instant, that nothing but numbers tells apart. */
async function worldOf(secret: Secrets): Promise<Rig> {
  const { accountNumber, merchant, arrangementId, transactionId, ...who } = secret;
  const partyId = CUSTOMER;
  const ports = await fakePorts(CUSTOMER, (records) => {
    const recordedAt = '2026-01-11T09:00:00.000Z';
    records.give('party', [person({ ...who, partyId, language: 'en', recordedAt })]);
    records.give('arrangement', [
      arrangement(arrangementId, 'CURRENT_ACCOUNT', { accountNumber }),
      arrangement('n-account', 'SAVINGS_ACCOUNT', { accountNumber: '2' }),
    ]);
    const held = [arrangementId, 'n-account'];
    records.give(
      'role',
      held.map((id) => owner(id, { partyId })),
    );
    const day = '2026-11-20';
    records.give('transaction', [
      posting(day, -2_500, { arrangementId, merchant, transactionId, category: 'FOOD' }),
      posting(day, -900, { arrangementId, transactionId: 'n-posting', country: 'DE' }),
      posting(day, -900, { arrangementId: 'n-account', transactionId: 'o-posting' }),
      posting('2026-11-19', 100, { arrangementId: 'n-account', transactionId: 'p-posting' }),
    ]);
    records.give('coverage', [covered()]);
  });
  const rig = await createRig({ ports });
  await rig.ask(NEXT, { token: 'SERVICE', variables: { id: CUSTOMER } });
  return rig;
}

/** A value with the field it was read from; the aliases of whole selections name the field. */
type Leaf = readonly [field: string, value: string];

async function leavesOf(rig: Rig): Promise<readonly Leaf[]> {
  const customer = `customer360(id: "${CUSTOMER}") ${selected('Customer360Result', 'AGENT')}`;
  const list = `customers ${selected('CustomersResult', 'AGENT')}`;
  const audit = `decisionAudit ${selected('DecisionAuditResult', 'AUDITOR')}`;
  const answers = [
    await rig.ask(`{ ${customer} }`),
    await rig.ask(`{ ${list} }`),
    await rig.ask(`{ ${audit} }`, { token: 'AUDITOR' }),
  ];
  expect(answers.map(({ status, errors }) => [status, errors])).toEqual(
    answers.map(() => [200, undefined]),
  );
  return answers.flatMap(({ data }) => leavesIn(data, ''));
}

function leavesIn(value: unknown, field: string): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one) => leavesIn(one, field));
  if (typeof value !== 'object' || value === null) return [[field, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([alias, one]) =>
    leavesIn(one, alias.includes('_') ? alias.replace('_', '.') : field),
  );
}

/** The fields whose values differ, in whatever order they stand. */
function differing(one: readonly Leaf[], two: readonly Leaf[]): readonly string[] {
  const fields = new Set([...one, ...two].map(([field]) => field));
  const valuesOf = (leaves: readonly Leaf[], field: string) =>
    leaves
      .flatMap(([name, value]) => (name === field ? [value] : []))
      .toSorted()
      .join();
  return [...fields].filter((field) => valuesOf(one, field) !== valuesOf(two, field)).toSorted();
}

function selected(type: string, role: Role): string {
  const named = contract.schema.getType(type);
  if (named === undefined) throw new Error(`the contract has no ${type}`);
  return wholeSelection(named, role, contract);
}

/** The questions that nothing is recorded by, each with what it must be told. */
const ASKED: { readonly [field: string]: string } = {
  customers: '',
  customer360: `id: "${CUSTOMER}"`,
  decisionAudit: '',
};

/** What a question may be tried with. */
interface Tried {
  readonly secrets: Partial<Secrets>;
  readonly leaves: readonly Leaf[];
}

/** Everything at once, then by each argument of the contract with values of either world. */
function* questionsOf(role: Role, tried: Tried): Generator<string> {
  for (const type of ['Query', 'Customer360']) {
    for (const field of fieldsOf(type)) {
      const needs = type === 'Query' ? ASKED[field.name] : '';
      if (needs === undefined) continue;
      const below = wholeSelection(getNamedType(field.type), role, contract);
      const asking = (argument: string) => {
        const given = [needs, argument].filter((one) => one !== '').join();
        const call = `${field.name}${given === '' ? '' : `(${given})`} ${below}`;
        const customer = `customer360(id: "${CUSTOMER}") { ... on Customer360 { ${call} } }`;
        return `{ ${type === 'Query' ? call : customer} }`;
      };
      yield asking('');
      for (const argument of needs === '' ? argumentsOf(field, tried) : []) {
        yield asking(argument);
      }
    }
  }
}

function fieldsOf(name: string) {
  const type = contract.schema.getType(name);
  if (!isObjectType(type)) throw new Error(`the contract has no type ${name}`);
  return Object.values(type.getFields());
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>, tried: Tried): readonly string[] {
  return args.flatMap(({ name, type: given }) => {
    const type = getNamedType(given);
    if (!isInputObjectType(type)) {
      return valuesFor(type, tried).map((value) =>
        name === 'after' ? `after: ${value}, first: 1` : `${name}: ${value}`,
      );
    }
    return Object.entries(type.getFields()).flatMap(([member, inner]) =>
      valuesFor(getNamedType(inner.type), tried).map((value) => `${name}: {${member}: ${value}}`),
    );
  });
}

/** The secrets of either world, some cursors and dates of both, and what nobody is called. */
function valuesFor(type: GraphQLNamedType, { secrets, leaves }: Tried): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (type.name === 'Int') return ['0', '1', '2'];
  const some = (form: RegExp) =>
    [...new Set(leaves.map(([, value]) => value))]
      .filter((value) => form.test(value))
      .slice(0, 4);
  if (type.name === 'BusinessDate') return some(/^"\d{4}-\d\d-\d\d"$/);
  if (type.name === 'Instant') return some(/^"\d{4}-\d\d-\d\dT/);
  const names = Object.keys(secrets) as readonly (keyof Secrets)[];
  const either = names.slice(0, 2).flatMap((name) => [USUAL[name], secrets[name] ?? '']);
  const cursors = leaves.flatMap(([field, value]) => (/ursor$/.test(field) ? [value] : []));
  const texts = ['nobody', ...either].map((text) => JSON.stringify(text));
  return [...texts, ...new Set(cursors.slice(0, 6))];
}
