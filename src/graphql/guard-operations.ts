import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Role } from '../app/ports/identity.ts';
import type { ArgumentPermits } from './argument-permits.ts';
import type { RequestContext } from './context.ts';
import { forbiddenArguments, forbiddenVariables } from './forbidden-arguments.ts';
import { forbiddenFields, isIntrospection } from './forbidden-fields.ts';
import type { Permits } from './permits.ts';

interface Contract {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly given: ArgumentPermits;
}

/** What the text of an operation asks and its viewer may not. */
interface Forbidden {
  readonly fields: readonly string[];
  readonly asked: readonly string[];
}

/**
 * Refuses an operation before it runs when it selects a field that the viewer may not read, or
 * asks by one: what may not be read may not be guessed either.
 */
export function guardOperations(against: Contract): ApolloServerPlugin<RequestContext> {
  const judgeText = textJudge(against);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request, contextValue }) {
          const { roles } = contextValue.viewer;
          if (roles.length === 0) {
            if (isIntrospection(document)) return;
            throw refusal('UNAUTHENTICATED', 401, 'send a bearer token');
          }
          const { fields, asked } = judgeText(document, roles);
          const variables = request.variables ?? {};
          const bound = forbiddenVariables({ document, variables }, roles, against);
          const told = [
            ['read', fields],
            ['ask by', [...new Set([...asked, ...bound])]],
          ] as const;
          const ways = told.flatMap(([verb, names]) =>
            names.length === 0 ? [] : [`may not ${verb} ${names.join(', ')}`],
          );
          if (ways.length === 0) return;
          throw refusal('FORBIDDEN', 403, `role ${roles.join(', ')} ${ways.join(' and ')}`);
        },
      };
    },
  };
}

function textJudge(against: Contract) {
  // Lives as long as the server keeps the parsed document: a constant text is judged once a role.
  const judged = new WeakMap<DocumentNode, Map<string, Forbidden>>();
  return (document: DocumentNode, roles: readonly Role[]): Forbidden => {
    const key = roles.join();
    const known = judged.get(document) ?? new Map<string, Forbidden>();
    judged.set(document, known);
    const forbidden = known.get(key) ?? {
      fields: forbiddenFields(document, roles, against),
      asked: forbiddenArguments(document, roles, against),
    };
    known.set(key, forbidden);
    return forbidden;
  };
}

function refusal(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
