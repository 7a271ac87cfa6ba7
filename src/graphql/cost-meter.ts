import type { GraphQLSchema, OperationDefinitionNode, TypeNode } from 'graphql';
import type { Costs } from './costs.ts';
import { type CostlyOperation, costOf } from './measure-cost.ts';

/**
 * Makes what tells an operation's cost, measuring a constant text once. Entries are counted by
 * whole numbers alone, so only an operation that declares such a variable is measured each time.
 */
export function createCostMeter(against: {
  readonly schema: GraphQLSchema;
  readonly costs: Costs;
}): (asked: CostlyOperation) => number {
  // Lives as long as the server keeps the parsed document.
  const known = new WeakMap<OperationDefinitionNode, number>();
  return (asked) => {
    const { operation } = asked;
    const cost = known.get(operation) ?? costOf(asked, against);
    if (!declaresNumber(operation)) known.set(operation, cost);
    return cost;
  };
}

function declaresNumber({ variableDefinitions = [] }: OperationDefinitionNode): boolean {
  return variableDefinitions.some(({ type }) => nameOf(type) === 'Int');
}

function nameOf(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : nameOf(type.type);
}
