import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Role } from '../app/ports/identity.ts';
import { type Budgets, budgetOf } from './budgets.ts';
import type { RequestContext } from './context.ts';
import type { Costs } from './costs.ts';
import { forbiddenFields, isIntrospection } from './forbidden-fields.ts';
import { type CostlyOperation, costOf } from './measure-cost.ts';
import type { Permits } from './permits.ts';

/** What operations are held against. */
interface Against {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly costs: Costs;
  readonly budgets: Budgets;
}

/**
 * Refuses an operation before it runs when it selects a field that the viewer may not read, or
 * costs more than the viewer's roles may spend at once.
 */
export function guardOperations(against: Against): ApolloServerPlugin<RequestContext> {
  // Lives as long as the server keeps the parsed document: a constant text is judged once a role.
  const judged = new WeakMap<DocumentNode, Map<string, readonly string[]>>();
  const forbiddenTo = (document: DocumentNode, roles: readonly Role[]): readonly string[] => {
    const key = roles.join();
    const known = judged.get(document) ?? new Map<string, readonly string[]>();
    judged.set(document, known);
    const forbidden = known.get(key) ?? forbiddenFields(document, roles, against);
    known.set(key, forbidden);
    return forbidden;
  };
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          const { roles } = contextValue.viewer;
          if (roles.length === 0 && !isIntrospection(document)) {
            throw refusal('UNAUTHENTICATED', 401, 'send a bearer token');
          }
          const forbidden = roles.length === 0 ? [] : forbiddenTo(document, roles);
          if (forbidden.length > 0) {
            const message = `role ${roles.join(', ')} may not read ${forbidden.join(', ')}`;
            throw refusal('FORBIDDEN', 403, message);
          }
          // What the variables say of lists counts: so each request, not each text.
          if (operation === undefined) return;
          const asked = { document, operation, variables: request.variables ?? {} };
          refuseCost(asked, roles, against);
        },
      };
    },
  };
}

function refuseCost(asked: CostlyOperation, roles: readonly Role[], against: Against): void {
  const cost = costOf(asked, against);
  const budget = budgetOf(roles, against.budgets);
  if (cost <= budget) return;
  const message = `cost: ${cost}, at most ${budget}; ask for fewer entries or fields at once`;
  throw new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_LARGE', cost, budget, http: { status: 400 } },
  });
}

function refusal(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
