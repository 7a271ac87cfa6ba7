import type { RequestContext } from '../context.ts';

/**
 * False of a decision about a customer outside the viewer's book, and of an id that nothing was
 * recorded under where the viewer has a book: the two are answered alike.
 */
export async function maySeeDecision(id: string, context: RequestContext): Promise<boolean> {
  if (context.viewer.book === null) return true;
  const found = (await context.deps.log.findMany([id])).get(id);
  return found !== undefined && context.maySee(found.customerId);
}
