import type { BankRecords, Entity } from './bank-record.ts';
import type { FieldSpec } from './field-spec.ts';

/** The key of an entity and its typed fields. */
export interface EntitySpec<E extends Entity = Entity> {
  /** With `recordedAt`, what makes a version of a record one. */
  readonly key: readonly (string & keyof BankRecords[E])[];
  /** What may be stated: `withdrawn` is the intake's alone. */
  readonly fields: {
    readonly [F in Exclude<keyof Required<BankRecords[E]>, 'withdrawn'>]: FieldSpec;
  };
  /** Pairs of days of which the first is never the later one. */
  readonly order?: readonly (readonly [
    string & keyof BankRecords[E],
    string & keyof BankRecords[E],
  ])[];
}
