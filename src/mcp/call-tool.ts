import type { CallToolResult } from '@modelcontextprotocol/server';
import type { OperationRunner } from '../app/ports/door.ts';
import type { Viewer } from '../app/ports/identity.ts';
import type { ListedTool } from './listed-tools.ts';

/** Where an assistant's host puts the person's mandate: the model need never see it. */
export const MANDATE_META = 'nextbest/mandate';

interface Call {
  readonly given: { readonly [name: string]: unknown };
  readonly meta: { readonly [name: string]: unknown } | undefined;
  readonly viewer: Viewer;
  readonly runner: OperationRunner;
}

/**
 * Asks one listed operation; the arguments are its variables and nothing besides. It answers the
 * GraphQL answer as it is, in one text.
 */
export async function callTool(tool: ListedTool, call: Call): Promise<CallToolResult> {
  const { given, meta, viewer, runner } = call;
  const known = tool.input.properties ?? {};
  if (!Object.keys(given).every((name) => Object.hasOwn(known, name))) return UNKNOWN_ARGUMENT;
  const mandate = meta?.[MANDATE_META];
  const { text, isError } = await runner.run({
    text: tool.text,
    variables: given,
    viewer,
    mandate: typeof mandate === 'string' ? mandate : null,
  });
  return { content: [{ type: 'text', text }], isError };
}

const UNKNOWN_ARGUMENT: CallToolResult = {
  content: [
    {
      type: 'text',
      text: JSON.stringify({
        errors: [
          {
            message: 'an argument is none of this tool’s; see its input schema',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      }),
    },
  ],
  isError: true,
};
