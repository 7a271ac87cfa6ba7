import DataLoader from 'dataloader';
import type { Book } from '../ports/book.ts';
import type { Viewer } from '../ports/identity.ts';

/** Tells of a customer number whether the viewer may see that customer. */
export type MaySee = (customerId: string) => Promise<boolean>;

/**
 * Makes the check of one request, which asks the book once for all customers asked about together.
 * Whoever has no book may see every customer; whoever has one, the customers in it and no others,
 * hence nobody whom the bank does not know. Never share one between two requests.
 */
export function createMaySee({ book: manager }: Pick<Viewer, 'book'>, book: Book): MaySee {
  if (manager === null) return async () => true;
  const managers = new DataLoader<string, string | null>(async (ids) => {
    const found = await book.managersOf(ids);
    return ids.map((id) => found.get(id) ?? null);
  });
  return async (customerId) => (await managers.load(customerId)) === manager;
}
