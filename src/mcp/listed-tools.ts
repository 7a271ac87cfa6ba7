import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ListedOperation, OperationList } from '../app/ports/operation-list.ts';
import type { Digest } from '../domain/digest.ts';
import { inTurns } from './in-turns.ts';
import { inputSchema, type ToolInput } from './input-schema.ts';

/** A listed operation as an assistant sees it. */
export interface ListedTool {
  readonly name: string;
  readonly digest: Digest;
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
): () => Promise<Tools> {
  let known: { readonly until: number; readonly tools: Tools } | undefined;
  let byDigest: ReadonlyMap<Digest, ListedTool> = new Map();
  return async () => {
    if (known !== undefined && known.until > nowMs()) return known.tools;
    const listed = (await operations.list()).filter(({ name }) => name.length <= LONGEST_NAME);
    const inOrder = listed.toSorted((a, b) => Date.parse(a.listedAt) - Date.parse(b.listedAt));
    // An operation never changes, so that only those listed since are read.
    const read = await inTurns(
      inOrder,
      (one) => byDigest.get(one.digest) ?? toolOf(one, contract),
    );
    byDigest = new Map(read.map((tool) => [tool.digest, tool]));
    const tools = new Map(read.map((tool) => [tool.name, tool]));
    known = { until: nowMs() + KNOWN_MS, tools };
    return tools;
  };
}

/** By name. */
export type Tools = ReadonlyMap<string, ListedTool>;

function toolOf({ name, digest, text }: ListedOperation, contract: GraphQLSchema): ListedTool {
  // The list holds one operation a text, in canonical form.
  const document = parse(text);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  );
  if (operation === undefined) throw new Error('a listed operation is none');
  return {
    name,
    digest,
    description: wordsOf(document, contract),
    input: inputSchema(document, contract),
    text,
    changes: operation.operation !== 'query',
  };
}

/** What the contract says of each question that the operation asks, those in fragments too. */
function wordsOf(document: DocumentNode, contract: GraphQLSchema): string {
  const info = new TypeInfo(contract);
  const roots = [contract.getQueryType(), contract.getMutationType()];
  const words = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const parent = info.getParentType();
        if (!roots.some((root) => root && root === parent)) return;
        if (name.value.startsWith('__')) return;
        const said = info.getFieldDef()?.description?.replaceAll(/\s+/g, ' ');
        words.add(said === undefined ? name.value : `${name.value}: ${said}`);
      },
    }),
  );
  return [...words].join('\n');
}
