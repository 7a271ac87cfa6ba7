import { join } from 'node:path';
import type { RuleEvaluators, RuleReaders } from '../../app/ports/rule-reading.ts';
import type { FactValue } from '../../domain/fact.ts';
import { ruleReadingContext } from '../../domain/release.ts';
import type { Problem } from '../../domain/result.ts';
import type { RuleCase, RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import type { RuleSetFiles } from '../../domain/rule-set.ts';

/** What cases are checked with. */
type CaseChecks = RuleEvaluators & Pick<RuleReaders, 'readFactValue'>;

/**
 * Runs every case through both evaluators and reports a wrong expectation, a disagreement of the
 * two, a fact that the rule does not read, and rules whose cases are missing or one-sided.
 */
export async function checkCases(
  ruleSet: RuleSetFiles,
  checks: CaseChecks,
): Promise<readonly Problem[]> {
  const { body } = ruleSet;
  const context = ruleReadingContext(body);
  const problems: Problem[] = [];
  for (const rule of body.rules) {
    const file = join(ruleSet.folder, 'rules', `${rule.id}.cases.json`);
    const report = (at: string, code: string, message: string) =>
      problems.push({ file, at, code, message });
    const cases = Object.hasOwn(ruleSet.cases, rule.id) ? ruleSet.cases[rule.id] : undefined;
    if (cases === undefined) {
      report('', 'NO_CASES', `rule \`${rule.id}\` has no cases: write this file`);
      continue;
    }
    if (!cases.some(({ expect }) => expect === 'TRUE'))
      report('/cases', 'ONE_SIDED', 'no case expects TRUE: add one');
    if (cases.every(({ expect }) => expect === 'TRUE'))
      report('/cases', 'ONE_SIDED', 'every case expects TRUE: add one that does not');
    const read = factsRead(rule, context);
    for (const [i, one] of cases.entries()) {
      for (const name of Object.keys(one.facts)) {
        if (read.has(name)) continue;
        const message = `rule \`${rule.id}\` does not read \`${name}\`: remove it`;
        report(`/cases/${i}/facts/${name}`, 'UNREAD_FACT', message);
      }
      const wrong = await wrongVerdict(one, rule, { checks, context });
      if (wrong !== undefined) report(`/cases/${i}/expect`, wrong.code, wrong.message);
    }
  }
  return problems;
}

async function wrongVerdict(
  one: RuleCase,
  rule: RuleDocument,
  { checks, context }: { readonly checks: CaseChecks; readonly context: RuleReadingContext },
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  const facts = factsOf(one, context, checks);
  const vector = context.facts.map(({ name }) => facts[name]);
  const compiled = checks.compiledVerdict(rule, vector, context);
  const reference = await checks.referenceVerdict(rule, facts, context);
  if (compiled !== reference) {
    const message = `\`${one.name}\`: compiled ${compiled}, reference ${reference}: report it`;
    return { code: 'EVALUATORS_DISAGREE', message };
  }
  if (compiled === one.expect) return undefined;
  const message = `\`${one.name}\`: expected ${one.expect}, found ${compiled}: correct either`;
  return { code: 'WRONG_VERDICT', message };
}

/** Typed values by name; what is null or left out is unavailable. */
function factsOf(
  one: RuleCase,
  context: RuleReadingContext,
  checks: CaseChecks,
): { readonly [name: string]: FactValue | undefined } {
  const facts: [string, FactValue][] = [];
  for (const fact of context.facts) {
    const written = Object.hasOwn(one.facts, fact.name) ? one.facts[fact.name] : null;
    if (written === null || written === undefined) continue;
    const read = checks.readFactValue(fact, written, context.reportingCurrency);
    if (!read.ok) throw new TypeError(`case \`${one.name}\` was never read: ${read.message}`);
    facts.push([fact.name, read.value]);
  }
  return Object.fromEntries(facts);
}

/** Named by the text of the rule and of the conditions it refers to. */
function factsRead(rule: RuleDocument, context: RuleReadingContext): ReadonlySet<string> {
  const read = new Set<string>();
  const open = new Set<string>();
  const walk = (condition: RuleDocument['conditions']): void => {
    if ('all' in condition) condition.all.forEach(walk);
    else if ('any' in condition) condition.any.forEach(walk);
    else if ('not' in condition) walk(condition.not);
    else if ('condition' in condition) {
      const named = context.namedConditions[condition.condition];
      if (named === undefined || open.has(condition.condition)) return;
      open.add(condition.condition);
      walk(named);
    } else {
      read.add(condition.fact);
      const { value } = condition;
      if (typeof value === 'object' && 'fact' in value) read.add(value.fact);
    }
  };
  walk(rule.conditions);
  return read;
}
