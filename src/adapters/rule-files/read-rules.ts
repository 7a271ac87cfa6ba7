import { basename } from 'node:path';
import type { RuleReaders } from '../../app/ports/rule-reading.ts';
import type { ActionDeclaration } from '../../domain/action.ts';
import type { RuleDocument, RuleReadingContext, RuleScope } from '../../domain/rule.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { byId } from '../../domain/text-order.ts';
import type { ReportProblem } from './collected.ts';
import { type JsonFile, readJsonFile } from './json-file.ts';
import { actionsIn, unmatchedMember } from './rule-scope.ts';

/** What rules are read with. */
interface RuleSurroundings {
  readonly readers: RuleReaders;
  readonly context: RuleReadingContext;
  readonly actions: readonly ActionDeclaration[];
  readonly forests: readonly ForestDeclaration[];
}

/** Reads every rule file; each stands under its own id, so no two rules can share one. */
export async function readRules(
  files: readonly string[],
  surroundings: RuleSurroundings,
  report: ReportProblem,
): Promise<readonly RuleDocument[]> {
  const rules: RuleDocument[] = [];
  for (const path of files) {
    const file = await readJsonFile(path, report);
    if (file === undefined) continue;
    const { readers, context } = surroundings;
    const pricingMayReadScore = everyForestPermitsPricing(file.value, surroundings);
    const { rule, problems } = readers.readRule(file.value, { ...context, pricingMayReadScore });
    for (const { at, code, message } of problems) report(file.problem(at, code, message));
    if (rule === undefined) continue;
    checkReferences(rule, { file, actions: surroundings.actions, report });
    rules.push(rule);
  }
  return rules.toSorted(byId);
}

/** A prior has no model card, so an action without a forest permits nothing. */
function everyForestPermitsPricing(
  document: unknown,
  { actions, forests }: RuleSurroundings,
): boolean {
  const written =
    typeof document === 'object' && document !== null && 'appliesTo' in document
      ? document.appliesTo
      : undefined;
  const scope: RuleScope = typeof written === 'object' && written !== null ? written : {};
  const concerned = actionsIn(scope, actions);
  return (
    concerned.length > 0 &&
    concerned.every(({ propensity }) => {
      if (propensity.kind !== 'FOREST') return false;
      const forest = forests.find(({ id }) => id === propensity.forest);
      return forest?.permittedUses.includes('pricing') === true;
    })
  );
}

function checkReferences(
  rule: RuleDocument,
  {
    file,
    actions,
    report,
  }: {
    readonly file: JsonFile;
    readonly actions: readonly ActionDeclaration[];
    readonly report: ReportProblem;
  },
): void {
  const wanted = `${rule.id}.json`;
  if (basename(file.file) !== wanted)
    report(
      file.problem('/id', 'WRONG_FILE_NAME', `the rule belongs into \`${wanted}\`: rename it`),
    );
  const unmatched = unmatchedMember(rule.appliesTo, actions);
  if (unmatched !== undefined) {
    const at = unmatched === '' ? '/appliesTo' : `/appliesTo/${unmatched}`;
    const message = 'concerns no action of the catalogue: name one that exists';
    report(file.problem(at, 'UNKNOWN_SCOPE', message));
  }
  if (rule.kind !== 'bundle') return;
  for (const [i, name] of rule.effect.with.entries()) {
    if (actions.some(({ id }) => id === name)) continue;
    const message = `no action is \`${name}\`: name one that exists`;
    report(file.problem(`/effect/with/${i}`, 'UNKNOWN_ACTION', message));
  }
}
