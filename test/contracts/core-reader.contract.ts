import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CoreAnswer, CoreReader } from '../../src/app/ports/core-reader.ts';
import { Outage } from '../../src/app/ports/outage.ts';
import type { Entity } from '../../src/domain/bank-record.ts';
import { isBusinessDate } from '../../src/domain/business-date.ts';
import type { PartName } from '../../src/domain/customer360.ts';
import { ENTITY_SPECS, fieldsOf } from '../../src/domain/entity-fields.ts';
import { PART_OF } from '../../src/domain/entity-parts.ts';
import type { FieldSpec } from '../../src/domain/field-spec.ts';
import { isInstant } from '../../src/domain/instant.ts';

export interface CoreReaderWorld {
  readonly reader: CoreReader;
  /** At least two customers whom the core knows, the first with records of each part. */
  readonly known: readonly [string, string, ...string[]];
  /** A customer number that it does not know. */
  readonly unknown: string;
  readonly parts: readonly PartName[];
  /** Makes the core down or healthy again. */
  setDown(down: boolean): Promise<void>;
  /** Of which entities the core can lose a record of the first customer, as a core does. */
  readonly losable: readonly Entity[];
  /** The core has those records of the first customer no more, or has them again. */
  setListed(entity: Entity, listed: boolean): Promise<void>;
  /** Makes one record of the first customer unreadable, and tells of which entity it is. */
  spoil(): Promise<Entity>;
  readonly close: () => Promise<void>;
}

/** What every reader of a core does. */
export function coreReaderContract(name: string, open: () => Promise<CoreReaderWorld>): void {
  describe(`the core reader ${name}`, () => {
    let world: CoreReaderWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const read = (customerIds: readonly string[], parts = world.parts, limitMs = 5_000) =>
      world.reader.read({ customerIds, parts }, AbortSignal.timeout(limitMs));

    test('tells each part of each customer that it knows once, with its as-of', async () => {
      const { lineage, dropped } = await read([...world.known, world.unknown]);
      const told = lineage.map(({ customerId, part }) => `${customerId} ${part}`);
      const asked = world.known.flatMap((id) => world.parts.map((part) => `${id} ${part}`));
      expect(told.toSorted()).toEqual(asked.toSorted());
      expect(lineage.filter(({ asOf }) => !isInstant(asOf))).toEqual([]);
      expect(dropped).toEqual([]);
    });

    test('gives fields of their declared kinds, and no time of recording', async () => {
      const answer = await read(world.known);
      const told = new Set(entitiesIn(answer).map((entity) => PART_OF[entity]));
      expect([...told].toSorted()).toEqual([...world.parts].toSorted());
      expect(entitiesIn(answer).flatMap((entity) => faultsIn(answer, entity))).toEqual([]);
    });

    test('gives the same for many as for one, whoever they are asked with', async () => {
      const [first] = world.known;
      const [alone, together] = [await read([first]), await read(world.known)];
      for (const entity of entitiesIn(alone)) {
        const own = (together.records[entity] ?? []).map((row) => JSON.stringify(row));
        for (const row of alone.records[entity] ?? []) expect(own).toContain(JSON.stringify(row));
      }
    });

    test('gives records of the parts that were asked for, and lineage of no other', async () => {
      const [part] = world.parts;
      const answer = await read(world.known, part === undefined ? [] : [part]);
      expect([...new Set(answer.lineage.map((one) => one.part))]).toEqual([part]);
      expect([...new Set(entitiesIn(answer).map((entity) => PART_OF[entity]))]).toEqual([part]);
    });

    test('tells nothing of a customer whom it does not know', async () => {
      const answer = await read([world.unknown]);
      expect([entitiesIn(answer), answer.lineage, answer.dropped]).toEqual([[], [], []]);
    });

    test('tells a part whole that has lost a record: without it, and with it again', async () => {
      const [id] = world.known;
      expect(world.losable).not.toEqual([]);
      for (const entity of world.losable) {
        const seen: unknown[] = [];
        for (const listed of [true, false, true]) {
          await world.setListed(entity, listed);
          const { records, lineage, dropped } = await read([id]);
          const parts = lineage.map(({ part }) => part).toSorted();
          expect([parts, dropped]).toEqual([world.parts.toSorted(), []]);
          seen.push(records[entity]?.length ?? 0);
        }
        const [told, silent] = seen;
        expect([entity, ...seen]).toEqual([entity, told, expect.any(Number), told]);
        expect(silent).toBeLessThan(Number(told));
      }
    });

    test('names a record that it cannot read, and none of its values', async () => {
      const entity = await world.spoil();
      const { dropped } = await read(world.known);
      const [customerId] = world.known;
      expect(dropped.map((one) => one.entity)).toEqual([entity]);
      for (const { customerId: whose, code, message } of dropped) {
        expect([customerId, null]).toContain(whose);
        expect([code, message]).toEqual([
          expect.stringMatching(/^[A-Z_]+$/),
          expect.stringMatching(/^[a-z`]/),
        ]);
      }
    });

    test('throws an outage when the core is down, and answers again after it', async () => {
      await world.setDown(true);
      await expect(read(world.known)).rejects.toBeInstanceOf(Outage);
      await world.setDown(false);
      expect((await read(world.known)).lineage).not.toEqual([]);
    });

    test('gives up as an outage when it is told to', async () => {
      const { parts, known: customerIds } = world;
      const given = AbortSignal.abort(new Error('no time left'));
      const answer = world.reader.read({ customerIds, parts }, given);
      await expect(answer).rejects.toBeInstanceOf(Outage);
    });
  });
}

function entitiesIn({ records }: CoreAnswer): readonly Entity[] {
  const entities = Object.keys(records) as readonly Entity[];
  return entities.filter((entity) => (records[entity] ?? []).length > 0);
}

function faultsIn({ records }: CoreAnswer, entity: Entity): readonly string[] {
  const known = Object.keys(ENTITY_SPECS[entity].fields);
  return (records[entity] ?? []).flatMap((row: object) => [
    ...Object.keys(row)
      .filter((field) => !known.includes(field) || field === 'recordedAt')
      .map((field) => `${entity} has ${field}`),
    ...fieldsOf(entity)
      .filter(([field]) => field !== 'recordedAt')
      .filter(([field, spec]) => !isFit(Reflect.get(row, field), spec))
      .map(([field]) => `${entity}.${field}`),
  ]);
}

function isFit(value: unknown, { type, required, codes }: FieldSpec): boolean {
  if (value === undefined) return !required;
  if (codes !== undefined) return codes.some((code) => code === value);
  if (type === 'date') return typeof value === 'string' && isBusinessDate(value);
  if (type === 'instant') return typeof value === 'string' && isInstant(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (['minor', 'count', 'integer', 'ppm'].includes(type)) return Number.isSafeInteger(value);
  return typeof value === 'string' && value !== '';
}
