import { type FieldNode, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import type { ListedOperation, OperationList } from '../app/ports/operation-list.ts';
import { inputSchema, type ToolInput } from './input-schema.ts';

/** A listed operation as an assistant sees it. */
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly input: ToolInput;
  /** The operation's text, which alone is run. */
  readonly text: string;
  readonly changes: boolean;
}

/** What was taken off the list is offered no longer than this. */
const KNOWN_MS = 2_000;
const LONGEST_NAME = 64;

/**
 * The tools of the list, by name. Of several operations of one name the one listed last is the
 * tool. INVARIANT: all words of a tool are the contract's: what is told of a customer never is.
 */
export function createListedTools(
  operations: Pick<OperationList, 'list'>,
  contract: GraphQLSchema,
  nowMs: () => number,
): () => Promise<ReadonlyMap<string, ListedTool>> {
  let known:
    | { readonly until: number; readonly tools: ReadonlyMap<string, ListedTool> }
    | undefined;
  return async () => {
    if (known !== undefined && known.until > nowMs()) return known.tools;
    const listed = (await operations.list()).filter(({ name }) => name.length <= LONGEST_NAME);
    const inOrder = listed.toSorted((a, b) => Date.parse(a.listedAt) - Date.parse(b.listedAt));
    const tools = new Map(inOrder.map((one) => [one.name, toolOf(one, contract)]));
    known = { until: nowMs() + KNOWN_MS, tools };
    return tools;
  };
}

function toolOf({ name, text }: ListedOperation, contract: GraphQLSchema): ListedTool {
  // The list holds one operation a text, in canonical form.
  const document = parse(text);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  );
  if (operation === undefined) throw new Error('a listed operation is none');
  return {
    name,
    description: wordsOf(operation, contract),
    input: inputSchema(document, contract),
    text,
    changes: operation.operation !== 'query',
  };
}

/** What the contract says of each question that the operation asks. */
function wordsOf(operation: OperationDefinitionNode, contract: GraphQLSchema): string {
  const fields = contract.getRootType(operation.operation)?.getFields() ?? {};
  const asked = operation.selectionSet.selections.filter(
    (one): one is FieldNode => one.kind === 'Field',
  );
  const names = [...new Set(asked.map(({ name }) => name.value))];
  return names
    .flatMap((name) => (Object.hasOwn(fields, name) ? [fields[name]] : []))
    .map((field) => `${field?.name}: ${field?.description?.replaceAll(/\s+/g, ' ')}`)
    .join('\n');
}
