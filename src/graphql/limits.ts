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
  nesting: 40,
  rootFields: 10,
  selections: 1_500,
} as const;

/**
 * A validation rule: bounds the depth, the nesting, the root fields and the number of selections
 * with fragments spread, counted once a fragment so that counting cannot be made to explode.
 */
export function limitOperation(context: ValidationContext): ASTVisitor {
  const sizes = new Map<string, Size>();
  return {
    OperationDefinition(node) {
      // graphql itself only notices when it runs the operation, and then it looks like a bug.
      if (!context.getSchema().getRootType(node.operation)) {
        const message = `there is no ${node.operation} here; everything is asked by query`;
        context.reportError(new GraphQLError(message, { nodes: node }));
        return;
      }
      const size = measure(node.selectionSet, context, { sizes, open: [] });
      for (const [name, what] of MEASURES) {
        if (size[name] <= LIMITS[name]) continue;
        const message = `${what}: ${size[name]}, at most ${LIMITS[name]}; ask for less at once`;
        const extensions = { code: 'OPERATION_TOO_LARGE' };
        context.reportError(new GraphQLError(message, { nodes: node, extensions }));
      }
    },
  };
}

const MEASURES = [
  ['depth', 'depth'],
  ['nesting', 'nesting'],
  ['selections', 'selections'],
  ['rootFields', 'root fields'],
] as const;

interface Size {
  /** Fields within each other. */
  readonly depth: number;
  /** Selection sets within each other, those of fragments too. */
  readonly nesting: number;
  readonly selections: number;
  /** Fields at the top of this set, those of its fragments too. */
  readonly rootFields: number;
}

interface Measuring {
  readonly sizes: Map<string, Size>;
  readonly open: readonly string[];
}

function measure(set: SelectionSetNode, context: ValidationContext, state: Measuring): Size {
  let { depth, nesting, selections, rootFields } = NOTHING;
  for (const selection of set.selections) {
    const below =
      selection.kind === 'FragmentSpread'
        ? measureFragment(selection.name.value, context, state)
        : selection.selectionSet === undefined
          ? NOTHING
          : measure(selection.selectionSet, context, state);
    const own = selection.kind === 'Field' ? 1 : 0;
    depth = Math.max(depth, below.depth + own);
    nesting = Math.max(nesting, below.nesting + 1);
    // A selection without fields still costs: count it.
    selections += below.selections + 1;
    rootFields += own === 1 ? 1 : below.rootFields;
  }
  return { depth, nesting, selections, rootFields };
}

const NOTHING: Size = { depth: 0, nesting: 0, selections: 0, rootFields: 0 };

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
