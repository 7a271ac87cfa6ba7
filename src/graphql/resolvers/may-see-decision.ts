import type { RequestContext } from '../context.ts';

type Asking = Pick<RequestContext, 'viewer' | 'evidence' | 'maySee'>;

/**
 * False of a decision about a customer outside the viewer's book, and of an id that nothing was
 * recorded under where the viewer has a book: the two are answered alike.
 */
export async function maySeeDecision(id: string, context: Asking): Promise<boolean> {
  if (context.viewer.book === null) return true;
  const customerId = await context.evidence.customerOf(id);
  return customerId !== undefined && context.maySee(customerId);
}
