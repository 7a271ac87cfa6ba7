import { basename } from 'node:path';
import type { RuleReaders } from '../../app/ports/rule-reading.ts';
import type { ActionDeclaration } from '../../domain/action.ts';
import type { RuleDocument, RuleReadingContext, RuleScope } from '../../domain/rule.ts';
import { actionFinder, type FindActions } from '../../domain/rule-scope.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { byId } from '../../domain/text-order.ts';
import type { ReportProblem } from './collected.ts';
import { type JsonFile, readJsonFile, readTogether } from './json-file.ts';
import { unmatchedMember } from './rule-scope.ts';

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
  const { readers, context, actions, forests } = surroundings;
  const known: Known = { find: actionFinder(actions), ids: idsOf(actions), forests };
  const rules: RuleDocument[] = [];
  for (const file of await readTogether(files, (path) => readJsonFile(path, report))) {
    if (file === undefined) continue;
    const pricingMayReadScore = everyForestPermitsPricing(file.value, known);
    const { rule, problems } = readers.readRule(file.value, { ...context, pricingMayReadScore });
    for (const { at, code, message } of problems) report(file.problem(at, code, message));
    if (rule === undefined) continue;
    checkReferences(rule, { file, known, report });
    rules.push(rule);
  }
  return rules.toSorted(byId);
}

/** What rules may refer to. */
interface Known {
  readonly find: FindActions;
  readonly ids: ReadonlySet<string>;
  readonly forests: readonly ForestDeclaration[];
}

function idsOf(actions: readonly ActionDeclaration[]): ReadonlySet<string> {
  return new Set(actions.map(({ id }) => id));
}

/** A prior has no model card, so an action without a forest permits nothing. */
function everyForestPermitsPricing(document: unknown, { find, forests }: Known): boolean {
  const written =
    typeof document === 'object' && document !== null && 'appliesTo' in document
      ? document.appliesTo
      : undefined;
  const scope: RuleScope = typeof written === 'object' && written !== null ? written : {};
  const concerned = find(scope);
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
    known,
    report,
  }: {
    readonly file: JsonFile;
    readonly known: Known;
    readonly report: ReportProblem;
  },
): void {
  const wanted = `${rule.id}.json`;
  if (basename(file.file) !== wanted)
    report(
      file.problem('/id', 'WRONG_FILE_NAME', `the rule belongs into \`${wanted}\`: rename it`),
    );
  const unmatched = unmatchedMember(rule.appliesTo, known.find);
  if (unmatched !== undefined) {
    const at = unmatched === '' ? '/appliesTo' : `/appliesTo/${unmatched}`;
    const message = 'concerns no action of the catalogue: name one that exists';
    report(file.problem(at, 'UNKNOWN_SCOPE', message));
  }
  if (rule.kind !== 'bundle') return;
  for (const [i, name] of rule.effect.with.entries()) {
    if (known.ids.has(name)) continue;
    const message = `no action is \`${name}\`: name one that exists`;
    report(file.problem(`/effect/with/${i}`, 'UNKNOWN_ACTION', message));
  }
}
