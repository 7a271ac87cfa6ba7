import type { Digest } from '../../../domain/digest.ts';
import type { Database } from '../connection/pool.ts';
import { createCodeBook } from '../decisions/code-book.ts';

/** The small number that stands for a feature catalogue in rows of bins, asked for once each. */
export function createCatalogueCodes(database: Database): (digest: Digest) => Promise<number> {
  const book = createCodeBook(database);
  return async (digest) => {
    const [code] = await book.codesOf([{ kind: 'catalogue', name: digest }]);
    if (code === undefined) throw new Error(`no code for the catalogue \`${digest}\``);
    return code;
  };
}
