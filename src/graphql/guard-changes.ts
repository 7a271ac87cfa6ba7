import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { SpendMandate } from '../app/mandates/spend-mandate.ts';
import { type Digest, digestOf } from '../domain/digest.ts';
import type { RequestContext } from './context.ts';
import { operationIn } from './listed/read-operations.ts';

/** An operation that passed every other check and is about to run. */
interface AboutToRun {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
}

/**
 * INVARIANT: what an assistant changes, the person let it change: this operation with these
 * variables, once. Asking needs no mandate, though it records.
 */
export async function guardChanges(
  { document, operation, variables }: AboutToRun,
  { viewer, assistant }: Pick<RequestContext, 'viewer' | 'assistant'>,
  spendMandate: SpendMandate | undefined,
): Promise<void> {
  if (assistant === null || operation.operation === 'query') return;
  const own = operationIn(document, operation.name?.value ?? null);
  const change = { operation: own?.digest ?? '', variables: digestOfAll(variables) };
  const refusal = await (spendMandate ?? NEVER)({ ...change, viewer, token: assistant.mandate });
  if (refusal === undefined) return;
  const { code, message } = refusal;
  throw new GraphQLError(message, { extensions: { code, ...change, http: { status: 403 } } });
}

/** What has no canonical form was agreed to by nobody: half a character, a number without end. */
function digestOfAll(variables: AboutToRun['variables']): Digest {
  try {
    return digestOf(variables);
  } catch {
    throw new GraphQLError('the variables have no canonical form; send well-formed text', {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}

/** Where nobody can judge mandates, none counts. */
const NEVER: SpendMandate = async () => ({
  code: 'MANDATE_REFUSED',
  message: 'this service takes no mandates',
});
