import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** How large one operation may be; beyond it is refused before anything runs. */
export const LIMITS = {
  tokens: 4_000,
  depth: 16,
  rootFields: 10,
  selections: 1_500,
} as const;

/**
 * A validation rule: bounds the depth, the root fields and the number of selections with fragments
 * spread, counted once a fragment so that counting cannot be made to explode.
 */
export function limitOperation(context: ValidationContext): ASTVisitor {
  const sizes = new Map<string, Size>();
  return {
    OperationDefinition(node) {
      const size = measure(node.selectionSet, context, { sizes, open: [] });
      const refuse = (what: string, found: number, most: number) =>
        context.reportError(
          new GraphQLError(`${what}: ${found}, at most ${most}; ask for less at once`, {
            nodes: node,
            extensions: { code: 'OPERATION_TOO_LARGE' },
          }),
        );
      const roots = node.selectionSet.selections.length;
      if (size.depth > LIMITS.depth) refuse('depth', size.depth, LIMITS.depth);
      if (size.count > LIMITS.selections) refuse('selections', size.count, LIMITS.selections);
      if (roots > LIMITS.rootFields) refuse('root fields', roots, LIMITS.rootFields);
    },
  };
}

interface Size {
  readonly depth: number;
  readonly count: number;
}

interface Measuring {
  readonly sizes: Map<string, Size>;
  readonly open: readonly string[];
}

function measure(set: SelectionSetNode, context: ValidationContext, state: Measuring): Size {
  let depth = 0;
  let count = 0;
  for (const selection of set.selections) {
    const below =
      selection.kind === 'FragmentSpread'
        ? measureFragment(selection.name.value, context, state)
        : selection.selectionSet === undefined
          ? NOTHING
          : measure(selection.selectionSet, context, state);
    const own = selection.kind === 'Field' ? 1 : 0;
    depth = Math.max(depth, below.depth + own);
    count += below.count + own;
  }
  return { depth, count };
}

const NOTHING: Size = { depth: 0, count: 0 };

function measureFragment(name: string, context: ValidationContext, state: Measuring): Size {
  const known = state.sizes.get(name);
  const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
  if (known !== undefined) return known;
  // A fragment within itself is refused by graphql's own rule; here it only must end.
  if (!fragment || state.open.includes(name)) return NOTHING;
  const size = measure(fragment.selectionSet, context, {
    ...state,
    open: [...state.open, name],
  });
  state.sizes.set(name, size);
  return size;
}
