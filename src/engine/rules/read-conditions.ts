import { below } from '../../domain/json-pointer.ts';
import type { Condition, RuleReadingContext } from '../../domain/rule.ts';
import { isObject } from './closed-object.ts';
import { expand } from './expand.ts';
import { readRootCondition } from './read-condition.ts';
import { checkUse } from './read-rule.ts';
import type { Report, RuleProblem } from './rule-problem.ts';
import { vocabularyOf } from './vocabulary.ts';

/** More would let a chain of references exhaust the stack of what follows it. */
const MOST_NAMED = 200;

/** Named conditions that were found right, and every problem of the others. */
interface ConditionsReading {
  readonly conditions: { readonly [name: string]: Condition };
  readonly problems: readonly RuleProblem[];
}

/** Reads named conditions, which may refer to each other but never in a circle. */
export function readNamedConditions(
  document: unknown,
  context: RuleReadingContext,
): ConditionsReading {
  const problems: RuleProblem[] = [];
  const report: Report = (at, code, message) => problems.push({ at, code, message });
  if (!isObject(document)) {
    report('', 'WRONG_VALUE', 'write an object of conditions by name');
    return { conditions: {}, problems };
  }
  if (Object.keys(document).length > MOST_NAMED) {
    report('', 'TOO_LARGE', `more than ${MOST_NAMED} named conditions: remove those without use`);
    return { conditions: {}, problems };
  }
  // A name resolves even to a wrong condition, whose own problem is reported where it stands.
  const names = Object.fromEntries(Object.keys(document).map((name) => [name, { all: [] }]));
  const vocabulary = vocabularyOf({ ...context, namedConditions: names });
  const read = new Map<string, Condition>();
  for (const [name, written] of Object.entries(document)) {
    const at = below('', name);
    if (!/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(name)) {
      report(at, 'WRONG_NAME', 'not as a name should be: write words joined by hyphens');
      continue;
    }
    const condition = readRootCondition(written, vocabulary, { at, report });
    if (condition !== undefined) read.set(name, condition);
  }
  for (const name of read.keys()) {
    const at = below('', name);
    const expansion = expand({ condition: name }, { ...vocabulary, named: read }, at);
    if (!expansion.ok) report(at, expansion.code, expansion.message);
  }
  return { conditions: Object.fromEntries(read), problems };
}

/** Reads the conditions of a context weight: facts permitted for arbitration, no `isKnown`. */
export function readWeightConditions(
  document: unknown,
  context: RuleReadingContext,
): { readonly conditions?: Condition; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const report: Report = (at, code, message) => problems.push({ at, code, message });
  const vocabulary = vocabularyOf(context);
  const conditions = readRootCondition(document, vocabulary, { at: '', report });
  if (conditions === undefined) return { problems };
  const use = { use: 'arbitration', pricingMayReadScore: false } as const;
  checkUse(conditions, use, { vocabulary, report, at: '' });
  return problems.length > 0 ? { problems } : { conditions, problems };
}
