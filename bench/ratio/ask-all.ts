import { type Asking, createAsker } from '../http/asking.ts';
import { CONNECTIONS } from '../http/closed-loop.ts';
import { serviceFigures } from '../http/service-figures.ts';

/** What asking took; CPU of the service alone, its database left out. */
export interface Asked {
  readonly count: number;
  readonly wallS: number;
  readonly serviceS: number;
}

/** Asks once about each of some customers in a row, the usual connections at a time. */
export async function askAll(
  asking: Asking,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Asked> {
  const ask = createAsker(asking);
  const before = await serviceFigures(asking.url);
  const begunMs = performance.now();
  let next = from;
  const client = async () => {
    while (next < from + count) {
      const number = next++;
      if (!(await ask(number))) {
        throw new Error(`${asking.url} answered no decision: ask by hand`);
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const wallS = (performance.now() - begunMs) / 1000;
  const { cpuSeconds } = await serviceFigures(asking.url);
  return { count, wallS, serviceS: cpuSeconds - before.cpuSeconds };
}
