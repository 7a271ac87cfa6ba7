import { type ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { OperationRunner } from '../app/ports/door.ts';
import type { Admission } from './admission/admit.ts';
import type { ArgumentPermits } from './argument-permits.ts';
import { createContext, type RequestContext, type Services } from './context.ts';
import { forbiddenArguments } from './forbidden-arguments.ts';
import { forbiddenFields } from './forbidden-fields.ts';
import type { HoldToList } from './listed/hold-to-list.ts';
import { parsed } from './listed/read-operations.ts';
import type { Permits } from './permits.ts';

interface Pipeline {
  readonly apollo: ApolloServer<RequestContext>;
  readonly services: Services;
  readonly admission: Admission;
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly given: ArgumentPermits;
  readonly holdToList?: HoldToList;
}

/** Runs what another door is asked by the server that answers GraphQL, as if it came by POST. */
export function createOperationRunner(pipeline: Pipeline): OperationRunner {
  const { apollo, holdToList } = pipeline;
  return {
    async run({ text: query, variables, viewer, mandate }) {
      const body = { query, variables: { ...variables } };
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([['content-type', 'application/json']]),
          search: '',
          body,
        },
        context: async () => {
          await holdToList?.(body);
          return createContext(viewer, pipeline, { mandate });
        },
      });
      if (answer.body.kind !== 'complete') throw new Error('an answer came in pieces');
      const text = answer.body.string;
      // Errors stand first, as GraphQL recommends: a large answer need not be parsed for them.
      return { isError: /^\s*\{\s*"errors"/.test(text), text };
    },
    mayAsk: permitJudge(pipeline),
  };
}

const MOST_JUDGED = 10_000;

/** Judges each text once for each set of roles: the texts are those of the list. */
function permitJudge(against: Pipeline): OperationRunner['mayAsk'] {
  const judged = new Map<string, boolean>();
  return (text, roles) => {
    const key = `${roles.join()}\n${text}`;
    const known = judged.get(key);
    if (known !== undefined) return known;
    const document = parsed(text);
    const may =
      !(document instanceof GraphQLError) &&
      forbiddenFields(document, roles, against).length === 0 &&
      forbiddenArguments(document, roles, against).length === 0;
    if (judged.size >= MOST_JUDGED) judged.clear();
    judged.set(key, may);
    return may;
  };
}
