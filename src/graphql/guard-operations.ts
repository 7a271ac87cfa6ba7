import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.ts';
import { forbiddenFields, isIntrospection } from './forbidden-fields.ts';
import type { Permits } from './permits.ts';

/** Refuses an operation before it runs when it selects a field that the viewer may not read. */
export function guardOperations(against: {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
}): ApolloServerPlugin<RequestContext> {
  // Lives as long as the server keeps the parsed document: a constant text is judged once a role.
  const judged = new WeakMap<DocumentNode, Map<string, readonly string[]>>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, contextValue }) {
          const { roles } = contextValue.viewer;
          if (roles.length === 0) {
            if (isIntrospection(document)) return;
            throw refusal('UNAUTHENTICATED', 401, 'send a bearer token');
          }
          const key = roles.join();
          const known = judged.get(document) ?? new Map<string, readonly string[]>();
          judged.set(document, known);
          const forbidden = known.get(key) ?? forbiddenFields(document, roles, against);
          known.set(key, forbidden);
          if (forbidden.length === 0) return;
          const message = `role ${roles.join(', ')} may not read ${forbidden.join(', ')}`;
          throw refusal('FORBIDDEN', 403, message);
        },
      };
    },
  };
}

function refusal(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
