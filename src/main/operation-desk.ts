import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationDesk } from '../cli/operations.ts';
import { readOperations } from '../graphql/listed/read-operations.ts';
import { desk, ROOT } from './desk.ts';

/** Reads files of operations against the contract, with the server's own limits. */
export const operationDesk: OperationDesk = {
  systemUser: desk.systemUser,
  readOperations: async (file) => {
    const typeDefs = await readFile(join(ROOT, 'schema.graphql'), 'utf8');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return readOperations(text, typeDefs);
    const message = 'the file cannot be read: name a GraphQL document';
    return { ok: false, refusal: { message } };
  },
};
