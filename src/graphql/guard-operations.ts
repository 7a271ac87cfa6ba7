import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from './context.ts';
import { forbiddenFields, isIntrospection } from './forbidden-fields.ts';
import type { Permits } from './permits.ts';

/** Refuses an operation before it runs when it selects a field that the viewer may not read. */
export function guardOperations(against: {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
}): ApolloServerPlugin<RequestContext> {
  const known = new LRUCache<string, readonly string[]>({ max: 1_000 });
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, source, contextValue }) {
          const { roles } = contextValue.viewer;
          if (roles.length === 0) {
            if (isIntrospection(document)) return;
            throw refusal('UNAUTHENTICATED', 401, 'send a bearer token');
          }
          const key = `${roles.join()}\n${source}`;
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
