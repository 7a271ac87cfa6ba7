/** What is wrong in a rule: where (a JSON pointer into the document), why, and how to mend it. */
export interface RuleProblem {
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

/** Collects problems while a document is read. */
export type Report = (at: string, code: string, message: string) => void;

/** The pointer of a member or element below `at` (RFC 6901). */
export function below(at: string, key: string | number): string {
  return `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
