import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { SpendMandate } from '../app/mandates/spend-mandate.ts';
import type { Role } from '../app/ports/identity.ts';
import type { ArgumentPermits } from './argument-permits.ts';
import { type Budgets, budgetOf } from './budgets.ts';
import { clip } from './clip.ts';
import type { RequestContext } from './context.ts';
import { createCostMeter } from './cost-meter.ts';
import type { Costs } from './costs.ts';
import { forbiddenArguments, forbiddenVariables } from './forbidden-arguments.ts';
import { forbiddenFields, isIntrospection } from './forbidden-fields.ts';
import { guardChanges } from './guard-changes.ts';
import type { Permits } from './permits.ts';
import { strayVariable } from './stray-variables.ts';

/** What operations are held against. */
interface Against {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
  readonly given: ArgumentPermits;
  readonly costs: Costs;
  readonly budgets: Budgets;
  /** Judges what an assistant may change; where nobody does, nothing. */
  readonly spendMandate?: SpendMandate | undefined;
}

/** What the text of an operation asks and its viewer may not. */
interface Forbidden {
  readonly fields: readonly string[];
  readonly asked: readonly string[];
}

/**
 * Refuses an operation before it runs when it selects a field that the viewer may not read, or
 * asks by one, for what may not be read may not be guessed either; or when it costs more than the
 * viewer's roles may spend at once.
 */
export function guardOperations(against: Against): ApolloServerPlugin<RequestContext> {
  const judgeText = textJudge(against);
  const measureCost = createCostMeter(against);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request, contextValue }) {
          const { roles } = contextValue.viewer;
          if (roles.length === 0 && !isIntrospection(document)) {
            throw refusal('UNAUTHENTICATED', 401, 'send a bearer token');
          }
          const variables = request.variables ?? {};
          if (roles.length > 0)
            refuseForbidden(judgeText, { document, variables, roles }, against);
          if (operation === undefined) return;
          refuseStray(operation, variables);
          const asked = { document, operation, variables };
          refuseCost(measureCost(asked), budgetOf(roles, against.budgets));
          await guardChanges(asked, contextValue, against.spendMandate);
        },
      };
    },
  };
}

type JudgeText = (document: DocumentNode, roles: readonly Role[]) => Forbidden;

function refuseForbidden(
  judgeText: JudgeText,
  asking: {
    readonly document: DocumentNode;
    readonly variables: { readonly [name: string]: unknown };
    readonly roles: readonly Role[];
  },
  against: Against,
): void {
  const { document, variables, roles } = asking;
  const { fields, asked } = judgeText(document, roles);
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
}

function refuseStray(
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
): void {
  const stray = strayVariable(operation, variables);
  if (stray === undefined) return;
  const message = `\`$${clip(stray)}\` holds text that is not well formed; leave it out`;
  throw refusal('BAD_USER_INPUT', 400, message);
}

function refuseCost(cost: number, budget: number): void {
  if (cost <= budget) return;
  const message = `cost: ${cost}, at most ${budget}; ask for fewer entries or fields at once`;
  throw new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_LARGE', cost, budget, http: { status: 400 } },
  });
}

function textJudge(against: Against): JudgeText {
  // Lives as long as the server keeps the parsed document: a constant text is judged once a role.
  const judged = new WeakMap<DocumentNode, Map<string, Forbidden>>();
  return (document, roles) => {
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
