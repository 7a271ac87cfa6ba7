/** What is wrong in a rule: where (a JSON pointer into the document), why, and how to mend it. */
export interface RuleProblem {
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

/** Collects problems while a document is read. */
export type Report = (at: string, code: string, message: string) => void;
