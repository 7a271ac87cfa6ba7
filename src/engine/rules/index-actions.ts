import type { ActionDeclaration } from '../../domain/action.ts';
import type {
  CompiledRule,
  LoadedAction,
  LoadedContextWeight,
  LoadedForest,
  LoadedRelease,
  RuleStep,
  ScopedRule,
} from '../../domain/deciding.ts';
import { ONE_PPM } from '../../domain/ppm.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { HIGHEST_APPROVAL, type RuleDocument, type RuleScope } from '../../domain/rule.ts';
import { concernsAction } from '../../domain/rule-scope.ts';
import { byId } from '../../domain/text-order.ts';

/** The order of an action's verdicts in the packed trace. */
const STEPS: readonly RuleStep[] = [
  'eligibility',
  'suppression',
  'scoreSuppression',
  'pricing',
  'bundle',
  'approval',
];

/** The compiled rules and weights of a release, by id. */
interface CompiledParts {
  readonly rules: readonly CompiledRule[];
  readonly contextWeights: readonly (LoadedContextWeight & { readonly appliesTo: RuleScope })[];
  readonly membersOf: (rule: RuleDocument) => readonly string[];
  readonly forestOf: (action: ActionDeclaration) => LoadedForest | null;
}

type Indexed = Pick<LoadedRelease, 'actions' | 'actionsById' | 'ruleCount' | 'verdictCount'>;

/** Finds for each action, once, the rules, weights, lever and phase that concern it. */
export function indexActions(body: ReleaseBody, parts: CompiledParts): Indexed {
  const shared = new Map<string, LoadedAction['rules']>();
  const phases = new Map(body.rollout.phases.map((phase) => [phase.action, phase.approval]));
  let row = 0;
  const actions = body.actions.toSorted(byId).map((declaration): LoadedAction => {
    const numbers = rulesFor(declaration, parts);
    const key = numbers.join();
    const rules = shared.get(key) ?? byStep(numbers, parts.rules);
    shared.set(key, rules);
    const at = row;
    row += numbers.length;
    return {
      declaration,
      rules,
      row: at,
      contextWeights: parts.contextWeights.filter((weight) =>
        concernsAction(weight.appliesTo, declaration),
      ),
      leverPpm: leverPpm(declaration, body.arbitration.levers),
      rolloutApproval: phases.get(declaration.id) ?? HIGHEST_APPROVAL,
      forest: parts.forestOf(declaration),
    };
  });
  const actionsById = new Map(actions.map((action) => [action.declaration.id, action]));
  return { actions, actionsById, ruleCount: parts.rules.length, verdictCount: row };
}

function rulesFor(action: ActionDeclaration, parts: CompiledParts): readonly number[] {
  return parts.rules.flatMap(({ rule }, number) => {
    const { issue, group } = rule.appliesTo;
    const concerned =
      rule.kind === 'bundle'
        ? parts.membersOf(rule).includes(action.id) &&
          concernsAction({ ...(issue ? { issue } : {}), ...(group ? { group } : {}) }, action)
        : concernsAction(rule.appliesTo, action);
    return concerned ? [number] : [];
  });
}

function byStep(
  numbers: readonly number[],
  rules: readonly CompiledRule[],
): LoadedAction['rules'] {
  const lists: Record<RuleStep, ScopedRule[]> = {
    eligibility: [],
    suppression: [],
    scoreSuppression: [],
    pricing: [],
    bundle: [],
    approval: [],
  };
  let place = 0;
  for (const step of STEPS) {
    for (const number of numbers) {
      const compiled = rules[number];
      if (compiled === undefined || stepOf(compiled) !== step) continue;
      lists[step].push({ compiled, number, place, oncePerCustomer: !compiled.perCandidate });
      place += 1;
    }
  }
  return lists;
}

function stepOf({ rule, readsScore }: CompiledRule): RuleStep {
  return rule.kind === 'suppression' && readsScore ? 'scoreSuppression' : rule.kind;
}

/** The closest lever wins: of the action, else of its group, else of its issue. */
function leverPpm(
  action: ActionDeclaration,
  levers: ReleaseBody['arbitration']['levers'],
): number {
  const closeness = ({ scope }: (typeof levers)[number]) =>
    scope.action !== undefined ? 3 : scope.group !== undefined ? 2 : 1;
  return levers
    .filter(({ scope }) => concernsAction(scope, action))
    .reduce<{ readonly close: number; readonly ppm: number }>(
      (best, lever) =>
        closeness(lever) > best.close ? { close: closeness(lever), ppm: lever.leverPpm } : best,
      { close: 0, ppm: ONE_PPM },
    ).ppm;
}
