import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** What a tool answered: the GraphQL answer in its text. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly data?: { readonly [field: string]: unknown } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly [name: string]: unknown };
  }[];
}

/** Opens the client of the SDK at a service's door, with a person's token. */
export async function openAssistant(url: string, token: string) {
  const client = new Client(
    { name: 'journey', version: '1' },
    { versionNegotiation: { mode: 'auto' } },
  );
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  const call = async (name: string, given: object, meta?: object): Promise<ToolAnswer> => {
    const result = await client.callTool({
      name,
      arguments: { ...given },
      ...(meta && { _meta: { ...meta } }),
    });
    const [content] = Array.isArray(result.content) ? result.content : [];
    if (content?.type !== 'text') throw new Error('a tool answered no text');
    return { ...JSON.parse(content.text), isError: result.isError === true };
  };
  return { client, call, close: () => client.close() };
}
