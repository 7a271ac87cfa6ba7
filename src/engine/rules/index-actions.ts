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
import { actionFinder, type FindActions } from '../../domain/rule-scope.ts';
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
  const shared = new Map<readonly number[], LoadedAction['rules']>();
  const phases = new Map(body.rollout.phases.map((phase) => [phase.action, phase.approval]));
  const declared = body.actions.toSorted(byId);
  const find = actionFinder(declared);
  const numbersOf = rulesByAction(parts, find);
  const weightsOf = byActionOf(parts.contextWeights, ({ appliesTo }) => find(appliesTo));
  const leversOf = byActionOf(body.arbitration.levers, ({ scope }) => find(scope));
  let row = 0;
  const actions = declared.map((declaration): LoadedAction => {
    const numbers = numbersOf.get(declaration) ?? NO_NUMBERS;
    const rules = shared.get(numbers) ?? byStep(numbers, parts.rules);
    shared.set(numbers, rules);
    const at = row;
    row += numbers.length;
    return {
      declaration,
      rules,
      row: at,
      contextWeights: weightsOf.get(declaration) ?? [],
      leverPpm: leverPpm(leversOf.get(declaration) ?? []),
      rolloutApproval: phases.get(declaration.id) ?? HIGHEST_APPROVAL,
      forest: parts.forestOf(declaration),
    };
  });
  const actionsById = new Map(actions.map((action) => [action.declaration.id, action]));
  return { actions, actionsById, ruleCount: parts.rules.length, verdictCount: row };
}

const NO_NUMBERS: readonly number[] = [];

/**
 * The numbers of the rules that concern each action, in their order. Thousands of rules have a few
 * scopes, and actions that the same scopes concern share one list: work follows the scopes.
 */
function rulesByAction(
  parts: CompiledParts,
  find: FindActions,
): ReadonlyMap<ActionDeclaration, readonly number[]> {
  const scopes = [...Map.groupBy(parts.rules.keys(), (number) => keyOf(number, parts)).values()];
  const found = byActionOf([...scopes.keys()], (scope) =>
    actionsOf(scopes[scope]?.[0], parts, find),
  );
  const lists = new Map<string, readonly number[]>();
  const listOf = (own: readonly number[]) => {
    const key = own.join();
    const list =
      lists.get(key) ?? own.flatMap((scope) => scopes[scope] ?? []).toSorted((a, b) => a - b);
    lists.set(key, list);
    return list;
  };
  return new Map([...found].map(([action, own]) => [action, listOf(own)]));
}

/** The same for rules that concern the same actions by the same words. */
function keyOf(number: number, parts: CompiledParts): string {
  const rule = parts.rules[number]?.rule;
  if (rule === undefined) return '';
  const { issue, group, action, treatment } = rule.appliesTo;
  const bound = rule.kind === 'bundle' ? [parts.membersOf(rule)] : [action, treatment];
  return JSON.stringify([rule.kind === 'bundle', issue, group, ...bound]);
}

function actionsOf(
  number: number | undefined,
  parts: CompiledParts,
  find: FindActions,
): readonly ActionDeclaration[] {
  const rule = number === undefined ? undefined : parts.rules[number]?.rule;
  if (rule === undefined) return [];
  if (rule.kind !== 'bundle') return find(rule.appliesTo);
  const { issue, group } = rule.appliesTo;
  const scope = { ...(issue ? { issue } : {}), ...(group ? { group } : {}) };
  return [...new Set(parts.membersOf(rule))].flatMap((id) => find({ ...scope, action: id }));
}

/** What concerns each action: as much work as there is to find, and not each with each. */
function byActionOf<T>(
  all: readonly T[],
  actionsOf: (one: T) => readonly ActionDeclaration[],
): ReadonlyMap<ActionDeclaration, readonly T[]> {
  const found = new Map<ActionDeclaration, T[]>();
  for (const one of all) {
    for (const action of actionsOf(one)) {
      const own = found.get(action);
      if (own === undefined) found.set(action, [one]);
      else own.push(one);
    }
  }
  return found;
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
  const places = firstPlaces(numbers, rules);
  for (const number of numbers) {
    const compiled = rules[number];
    if (compiled === undefined) continue;
    const step = stepOf(compiled);
    const place = places[step] + lists[step].length;
    lists[step].push({ compiled, number, place, oncePerCustomer: !compiled.perCandidate });
  }
  return lists;
}

/** Where each step's verdicts begin among those of an action. */
function firstPlaces(
  numbers: readonly number[],
  rules: readonly CompiledRule[],
): { readonly [step in RuleStep]: number } {
  const counts: Record<RuleStep, number> = { ...NO_RULES };
  for (const number of numbers) {
    const compiled = rules[number];
    if (compiled !== undefined) counts[stepOf(compiled)] += 1;
  }
  const places: Record<RuleStep, number> = { ...NO_RULES };
  let place = 0;
  for (const step of STEPS) {
    places[step] = place;
    place += counts[step];
  }
  return places;
}

const NO_RULES: { readonly [step in RuleStep]: 0 } = {
  eligibility: 0,
  suppression: 0,
  scoreSuppression: 0,
  pricing: 0,
  bundle: 0,
  approval: 0,
};

function stepOf({ rule, readsScore }: CompiledRule): RuleStep {
  return rule.kind === 'suppression' && readsScore ? 'scoreSuppression' : rule.kind;
}

/** Of the levers that concern an action the closest wins: its own, its group's, its issue's. */
function leverPpm(levers: ReleaseBody['arbitration']['levers']): number {
  const closeness = ({ scope }: (typeof levers)[number]) =>
    scope.action !== undefined ? 3 : scope.group !== undefined ? 2 : 1;
  return levers.reduce<{ readonly close: number; readonly ppm: number }>(
    (best, lever) =>
      closeness(lever) > best.close ? { close: closeness(lever), ppm: lever.leverPpm } : best,
    { close: 0, ppm: ONE_PPM },
  ).ppm;
}
