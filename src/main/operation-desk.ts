import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationDesk } from '../cli/operations.ts';
import { readOperations } from '../graphql/listed/read-operations.ts';
import { desk, ROOT } from './desk.ts';
import { readText } from './read-text.ts';

const MOST_BYTES = 1_000_000;

/** Reads files of operations against the contract, with the server's own limits. */
export const operationDesk: OperationDesk = {
  systemUser: desk.systemUser,
  readOperations: async (file) => {
    const typeDefs = await readFile(join(ROOT, 'schema.graphql'), 'utf8');
    const read = await readText(file, MOST_BYTES);
    if (read.ok) return readOperations(read.value, typeDefs);
    return { ok: false, refusal: { message: read.refusal } };
  },
};
