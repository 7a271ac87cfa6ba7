import { type Asking, createAsker } from '../http/asking.ts';
import { CONNECTIONS } from '../http/closed-loop.ts';

/** Asks once about each of some customers in a row, the usual connections at a time. */
export async function askAll(
  asking: Asking,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> {
  const ask = createAsker(asking);
  let next = from;
  const client = async () => {
    while (next < from + count) {
      const number = next++;
      if (!(await ask(number)))
        throw new Error(`${asking.url} answered no decision: ask by hand`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
}
