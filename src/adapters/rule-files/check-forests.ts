import type { ActionDeclaration } from '../../domain/action.ts';
import { type FactDeclaration, mayBeFeature } from '../../domain/fact.ts';
import { DEFAULT_FOREST_PLAN, type ForestPlan } from '../../domain/forest.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { byId } from '../../domain/text-order.ts';
import { type Read, type ReportProblem, reportRepeated } from './collected.ts';

/** A forest as its file has it: settings may be left out. */
type WrittenForest = Omit<ForestDeclaration, 'spec'> & {
  readonly spec?: Partial<ForestPlan>;
};

/** A rule set's `forests.json`. */
export type ForestFile = Read<{ readonly forests: readonly WrittenForest[] }>;

/** The forests to train, by id, with every setting in its place. */
export function forestsOf(file: ForestFile): readonly ForestDeclaration[] {
  return file.value.forests
    .map((forest) => ({ ...forest, spec: { ...DEFAULT_FOREST_PLAN, ...forest.spec } }))
    .toSorted(byId);
}

/** Reports forests that cannot be trained or that nothing is declared for. */
export function checkForests(
  { value, file }: ForestFile,
  {
    facts,
    actions,
  }: {
    readonly facts: readonly FactDeclaration[];
    readonly actions: readonly ActionDeclaration[];
  },
  report: ReportProblem,
): void {
  const named = value.forests.map(({ id }, i) => ({ name: id, at: `/forests/${i}/id`, file }));
  reportRepeated(named, report);
  for (const [i, forest] of value.forests.entries()) {
    const add = (at: string, message: string) =>
      report(file.problem(`/forests/${i}/${at}`, 'WRONG_FOREST', message));
    const { scope, id } = forest.predictsFor;
    const known = actions.some(
      (action) => (scope === 'ACTION' ? action.id : action.group) === id,
    );
    if (!known) add('predictsFor/id', `no ${scope.toLowerCase()} is \`${id}\`: correct it`);
    for (const [j, name] of forest.features.entries()) {
      const message = wrongFeature(name, facts);
      if (message !== undefined) add(`features/${j}`, message);
    }
    for (const [j, action] of (forest.target.acceptedActions ?? []).entries()) {
      if (!actions.some((known) => known.id === action))
        add(`target/acceptedActions/${j}`, `no action is \`${action}\`: correct it`);
    }
  }
}

function wrongFeature(name: string, facts: readonly FactDeclaration[]): string | undefined {
  const fact = facts.find((known) => known.name === name);
  if (fact === undefined) return `\`${name}\` is not declared in facts.json: correct it`;
  if (!fact.permittedUses.includes('propensity'))
    return `\`${name}\` may not be used for propensity: leave it out`;
  if (fact.type === 'codes' || fact.type === 'date')
    return `a forest cannot read type ${fact.type}: leave \`${name}\` out`;
  if (fact.type === 'code' && fact.values === undefined)
    return `\`${name}\` declares no values to learn from: leave it out`;
  if (!mayBeFeature(fact))
    return `\`${name}\` is no fact of the bank's about a customer: leave it out`;
  return undefined;
}
