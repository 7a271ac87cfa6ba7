import { ENTITY_SPECS } from '../../../domain/entity-fields.ts';
import { CONCERNS, type Concern } from '../../../domain/entity-subjects.ts';
import type { FieldSpec } from '../../../domain/field-spec.ts';
import type { MappedRecord } from '../../../domain/mapping.ts';
import type { IntakeTransaction, Loss } from '../../ports/record-intake.ts';
import { allHold } from './condition.ts';
import { type FieldReader, fieldReader } from './field-reader.ts';
import type { InterpretContext } from './interpret-row.ts';
import type { Row } from './row.ts';

/**
 * Makes the function from a refused row to what its records were about, as far as their fields can
 * be read one by one; `undefined` is a line that is no row. What cannot be read of them may be
 * anybody's, and may have been known from the beginning.
 */
export function lossReader(
  records: readonly MappedRecord[],
  context: InterpretContext,
): (row: Row | undefined) => readonly Loss[] {
  const readers = records.map((record) => recordLosses(record, context));
  return (row) => readers.flatMap((read) => read(row));
}

function recordLosses(record: MappedRecord, context: InterpretContext) {
  const concerns: readonly Concern[] = CONCERNS[record.entity];
  const reading = concerns.map((concern) => ({
    ...concern,
    read: readerOf(record, concern.field, context),
  }));
  const readTime = readerOf(record, 'recordedAt', context);
  const isMeant = allHold(record.when);
  return (row: Row | undefined): readonly Loss[] => {
    // Where a condition cannot be asked, nobody knows whether the record was meant: it is lost.
    if (row !== undefined && isMeant(row) === false) return [];
    const since = row === undefined ? undefined : textOf(readTime?.(row));
    return reading.flatMap(({ subject, parts, read }) => {
      const id = row === undefined ? undefined : textOf(read?.(row));
      const whose = id === undefined ? EVERYBODY : { subject, id };
      return parts.map((part) => ({ part, ...whose, since: since ?? null }));
    });
  };
}

const EVERYBODY = { subject: 'everybody', id: '' } as const;

function readerOf(
  { entity, fields }: MappedRecord,
  field: string,
  context: InterpretContext,
): FieldReader | undefined {
  const specs: { readonly [field: string]: FieldSpec } = ENTITY_SPECS[entity].fields;
  const [value, spec] = [fields[field], specs[field]];
  if (value === undefined || spec === undefined) return undefined;
  const currencyOf = () => context.reportingCurrency;
  return fieldReader(value, spec, { ...context, currencyOf });
}

function textOf(read: ReturnType<FieldReader>): string | undefined {
  return typeof read === 'string' ? read : undefined;
}

/** Losses wait in memory until so many are there. */
const BATCH_LOSSES = 5_000;

/** Hands losses on in batches; of those that may be anybody's it keeps one a part. */
export interface LossCollector {
  readonly add: (losses: readonly Loss[]) => void;
  readonly flushFull: () => Promise<void>;
  readonly flush: () => Promise<void>;
}

/** Collects the losses of an import. */
export function collectLosses(transaction: Pick<IntakeTransaction, 'lose'>): LossCollector {
  let waiting: Loss[] = [];
  const ofAll = new Map<string, Loss>();
  const flushOver = async (least: number) => {
    if (waiting.length < least) return;
    const losses = waiting;
    waiting = [];
    await transaction.lose(losses);
  };
  return {
    add(losses) {
      for (const loss of losses) {
        if (loss.subject !== 'everybody') waiting.push(loss);
        else ofAll.set(loss.part, earlier(loss, ofAll.get(loss.part)));
      }
    },
    flushFull: () => flushOver(BATCH_LOSSES),
    flush() {
      waiting.push(...ofAll.values());
      return flushOver(1);
    },
  };
}

function earlier(one: Loss, other: Loss | undefined): Loss {
  if (other === undefined || other.since === null) return other ?? one;
  return one.since === null || one.since < other.since ? one : other;
}
