import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, isScalarType } from 'graphql';
import { type ArgumentPermits, readArgumentPermits } from './argument-permits.ts';
import type { RequestContext } from './context.ts';
import { type Costs, readCosts } from './costs.ts';
import { maskFields, type Permits, readPermits } from './permits.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { decisionResolvers } from './resolvers/decision.ts';
import { answerResolvers } from './resolvers/next-best-actions.ts';
import { queryResolvers } from './resolvers/query.ts';
import { releaseResolvers } from './resolvers/release.ts';
import { ruleSetResolvers } from './resolvers/rule-set.ts';
import { scalars } from './scalars.ts';
import { sliceLists } from './slice-lists.ts';

/** Resolvers of what changes something; the contract has none so far. */
export interface Changes {
  readonly Mutation?: {
    readonly [field: string]: (root: unknown, args: object, context: RequestContext) => unknown;
  };
}

/**
 * Makes the executable schema of the contract; throws when a field says not who may read it, an
 * argument not what it asks by, or a list not how long it is.
 */
export function buildSchema(
  typeDefs: string,
  changes: Changes = {},
): {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly given: ArgumentPermits;
  readonly costs: Costs;
} {
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers: {
      ...scalars,
      Query: queryResolvers,
      Customer360: customerResolvers,
      NextBestActions: answerResolvers,
      Decision: decisionResolvers,
      Release: releaseResolvers,
      RuleSet: ruleSetResolvers,
      ...changes,
    },
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  describeScalars(schema);
  const permits = readPermits(schema);
  const given = readArgumentPermits(schema, permits);
  maskFields(schema, permits);
  sliceLists(schema);
  return { schema, permits, given, costs: readCosts(schema) };
}

/** Our scalars replace those of the contract, whose words must not get lost by it. */
function describeScalars(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type)) type.description ??= type.astNode?.description?.value;
  }
}
