import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from '@jest/globals';
import type { ToldFields } from '../../src/app/ports/record-intake.ts';
import type { BankRecords } from '../../src/domain/bank-record.ts';
import { fieldsOf } from '../../src/domain/entity-fields.ts';
import { OWNED_BY } from '../../src/domain/entity-subjects.ts';
import {
  FIELDS,
  type Field,
  KEY_OF,
  keysOf,
  parentsOf,
  recordOf,
  type Values,
  valuesOf,
} from '../support/every-field.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { DAY, type Given, LATER, settleRecords } from '../support/settle-records.ts';
import { ENTITIES, type FileEntity } from '../support/whole-bank.ts';

const NEXT = '2026-03-01T00:00:00.000Z';
const TOLD: readonly ToldFields[] = ENTITIES.map((entity) => ({
  entity,
  file: 'f.csv',
  fields: fieldsOf(entity).map(([field]) => field),
}));

interface Case {
  readonly title: string;
  readonly first: (values: readonly [unknown, unknown]) => unknown;
  readonly second: (values: readonly [unknown, unknown]) => unknown;
  readonly recordedAt: string;
  readonly becomes: 'MERGED' | 'VERSION' | 'REFUSED';
  /** When the version is known. */
  readonly at?: string;
  readonly asOf?: string;
}

/** What the integrator's guide says, line by line. */
const CASES: readonly Case[] = [
  { title: 'alike', first: a, second: a, recordedAt: DAY, becomes: 'MERGED' },
  { title: 'alike, later', first: a, second: a, recordedAt: LATER, becomes: 'MERGED' },
  { title: 'another value', first: a, second: b, recordedAt: DAY, becomes: 'REFUSED' },
  { title: 'a value emptied', first: a, second: none, recordedAt: DAY, becomes: 'REFUSED' },
  {
    title: 'an empty one filled, by a later extract',
    first: none,
    second: a,
    recordedAt: DAY,
    becomes: 'VERSION',
    at: NEXT,
  },
  {
    title: 'an empty one filled, by an extract of the same time',
    first: none,
    second: a,
    recordedAt: DAY,
    asOf: DAY,
    becomes: 'REFUSED',
  },
  {
    title: 'another value, later',
    first: a,
    second: b,
    recordedAt: LATER,
    becomes: 'VERSION',
    at: LATER,
  },
  {
    title: 'a value emptied, later',
    first: a,
    second: none,
    recordedAt: LATER,
    becomes: 'VERSION',
    at: LATER,
  },
  {
    title: 'an empty one filled, later',
    first: none,
    second: a,
    recordedAt: LATER,
    becomes: 'VERSION',
    at: LATER,
  },
];

function a([value]: readonly [unknown, unknown]): unknown {
  return value;
}
function b([, value]: readonly [unknown, unknown]): unknown {
  return value;
}
function none(): unknown {
  return undefined;
}

describe.each(CASES)('a record that is delivered again, $title,', (one) => {
  let rig: ImportRig;
  let refused: ReadonlySet<string>;
  const stated = (field: Field, of: Case['first']): Values => {
    const value = of(valuesOf(field.field, field.spec));
    return value === undefined ? {} : { [field.field]: value };
  };
  /** What cannot be emptied, or never changes, is left out. */
  const fields = FIELDS.filter(({ field, spec }) => {
    const empties = one.first === none || one.second === none;
    const [first, second] = valuesOf(field, spec);
    return (!empties || !spec.required) && (one.second !== b || first !== second);
  });
  const isOwner = ({ entity, field }: Field) => OWNED_BY[entity] === field;
  const idOf = ({ name }: Field) => name;
  const rowOf = (field: Field, of: Case['first'], recordedAt: string): Given => {
    const [value, other] = [keysOf(idOf(field)), keysOf('x')];
    if (!isOwner(field)) {
      return recordOf(field.entity, idOf(field), { ...stated(field, of), recordedAt });
    }
    const owner = of === b ? other[field.field] : value[field.field];
    return recordOf(field.entity, idOf(field), { [field.field]: owner, recordedAt });
  };

  /** Where the record itself is one of the parents, the others alone. */
  const parentsBeside = (field: Field) =>
    parentsOf(idOf(field)).filter(([entity]) => entity !== field.entity);

  beforeAll(async () => {
    rig = await importRig();
    const others = [...fields.map(parentsBeside), parentsOf('x'), parentsOf('y')].flat();
    const first = fields.map((field) => rowOf(field, one.first, DAY));
    await settleRecords(rig.intake, [...others, ...first], { told: TOLD, asOf: DAY });
    const second = fields.map((field) => rowOf(field, one.second, one.recordedAt));
    const settled = await settleRecords(rig.intake, second, {
      told: TOLD,
      asOf: one.asOf ?? NEXT,
    });
    refused = new Set(
      settled.refusals.map(({ entity, field, code, place }) => {
        const asked = fields[place.line - 2];
        return `${asked?.name} ${code} ${entity}.${field}`;
      }),
    );
  }, 60_000);
  afterAll(() => rig.close());

  test(`is ${one.becomes.toLowerCase()}, field by field`, async () => {
    const expected = fields.flatMap((field) => {
      const isRefused = one.becomes === 'REFUSED' || (isOwner(field) && one.second === b);
      if (!isRefused) return [];
      // The month of birth is taken from the day.
      const told = field.field === 'birthDate' && one.second !== b ? 'birthMonth' : field.field;
      return [`${field.name} CONFLICTS_WITH_STORED ${field.entity}.${told}`];
    });
    expect([...refused].toSorted()).toEqual(expected.toSorted());
    for (const entity of ENTITIES) {
      const own = fields.filter((field) => field.entity === entity);
      const versions = await versionsOf(entity);
      for (const field of own) {
        const isVersion = one.becomes === 'VERSION' && !(isOwner(field) && one.second === b);
        const known = versions.get(String(keysOf(idOf(field))[KEY_OF[entity]])) ?? [];
        expect([field.name, known]).toEqual([field.name, isVersion ? [DAY, one.at] : [DAY]]);
      }
    }
  });

  async function versionsOf(entity: FileEntity): Promise<ReadonlyMap<string, readonly string[]>> {
    const key = KEY_OF[entity].replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    const rows = await rig.rows(
      `select ${key} as id, recorded_at from bank_${entity} order by recorded_at`,
    );
    return rows.reduce((found: Map<string, string[]>, { id, recorded_at }) => {
      found.set(String(id), [...(found.get(String(id)) ?? []), String(recorded_at)]);
      return found;
    }, new Map());
  }
});

describe('a file that does not tell a field', () => {
  let rig: ImportRig;
  beforeEach(async () => {
    rig = await importRig();
  });
  afterEach(() => rig.close());
  const names: ToldFields = {
    entity: 'party',
    file: 'f.csv',
    fields: ['partyId', 'kind', 'city'],
  };
  const rated = (file: string | null): ToldFields => ({
    entity: 'party',
    file,
    fields: ['partyId', 'kind', 'riskRating'],
  });
  const party = (more: Partial<BankRecords['party']>): Given => [
    'party',
    { partyId: 'p', ...more },
  ];
  const stored = () =>
    rig.rows('select city, risk_rating, recorded_at from bank_party order by recorded_at');
  const first = async () => {
    await settleRecords(rig.intake, [party({ city: 'Brno', riskRating: 'HIGH' })], {});
  };

  test('says nothing of it: what is stored stays', async () => {
    await first();
    const again = await settleRecords(rig.intake, [party({ city: 'Brno' })], { told: [names] });
    expect(again.counts.get('party')).toEqual({ written: 0, merged: 1, refused: 0 });
  });

  test('leaves it, in a later version, as the file that did not come last told it', async () => {
    await first();
    await settleRecords(rig.intake, [party({ city: 'Plzen', recordedAt: LATER })], {
      told: [names, rated(null)],
    });
    expect(await stored()).toEqual([
      { city: 'Brno', risk_rating: 'HIGH', recorded_at: DAY },
      { city: 'Plzen', risk_rating: 'HIGH', recorded_at: LATER },
    ]);
  });

  test('and what it adds keeps what the last version says', async () => {
    await settleRecords(rig.intake, [party({})], {});
    await settleRecords(rig.intake, [party({ riskRating: 'LOW', recordedAt: LATER })], {});
    const more = [party({ city: 'Brno' })];
    const settled = await settleRecords(rig.intake, more, { told: [names], asOf: NEXT });
    expect(settled.refusals).toEqual([]);
    expect((await stored()).at(-1)).toEqual({
      city: 'Brno',
      risk_rating: 'LOW',
      recorded_at: NEXT,
    });
    const other = [party({ riskRating: 'HIGH' })];
    const refused = await settleRecords(rig.intake, other, {
      told: [rated('f.csv')],
      asOf: NEXT,
    });
    expect(refused.refusals).toMatchObject([{ field: 'riskRating' }]);
  });
});
