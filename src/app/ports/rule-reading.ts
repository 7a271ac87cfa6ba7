import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import type { Condition, RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** What is wrong in one document: a JSON pointer into it, why, and how to mend it. */
interface DocumentProblem {
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

/** The engine's strict readers, handed to whatever reads rule-set files. */
export interface RuleReaders {
  readonly readRule: (
    document: unknown,
    context: RuleReadingContext,
  ) => { readonly rule?: RuleDocument; readonly problems: readonly DocumentProblem[] };
  readonly readNamedConditions: (
    document: unknown,
    context: RuleReadingContext,
  ) => {
    readonly conditions: { readonly [name: string]: Condition };
    readonly problems: readonly DocumentProblem[];
  };
  readonly readWeightConditions: (
    document: unknown,
    context: RuleReadingContext,
  ) => { readonly conditions?: Condition; readonly problems: readonly DocumentProblem[] };
  readonly readFactValue: (
    fact: FactDeclaration,
    written: unknown,
    currency: string,
  ) =>
    | { readonly ok: true; readonly value: FactValue }
    | { readonly ok: false; readonly message: string };
}

/** The two evaluators that every case runs through. */
export interface RuleEvaluators {
  readonly compiledVerdict: (
    rule: RuleDocument,
    vector: FactVector,
    context: RuleReadingContext,
  ) => Verdict;
  readonly referenceVerdict: (
    rule: RuleDocument,
    facts: { readonly [name: string]: FactValue | undefined },
    context: RuleReadingContext,
  ) => Promise<Verdict>;
}
