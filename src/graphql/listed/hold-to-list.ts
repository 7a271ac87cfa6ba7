import { GraphQLError } from 'graphql';
import type { OperationList } from '../../app/ports/operation-list.ts';
import type { Digest } from '../../domain/digest.ts';
import { operationIn, parsed } from './read-operations.ts';

/** Holds the body of a request to the list: puts the listed text in it, or throws a refusal. */
export type HoldToList = (body: unknown) => Promise<void>;

/** What was taken off the list is answered no longer than this. */
const KNOWN_MS = 2_000;
const MOST_KNOWN = 1_000;

/**
 * Makes the door of a service that answers listed operations alone: by digest, as
 * `extensions.persistedQuery.sha256Hash`, or by a text that is the same in canonical form. It
 * stands before validation, whose words would tell the schema to whoever guesses.
 */
export function createHoldToList(
  operations: Pick<OperationList, 'find'>,
  nowMs: () => number,
): HoldToList {
  const known = new Map<string, { readonly text: string; readonly until: number }>();
  const find = async (digest: Digest): Promise<string | undefined> => {
    const kept = known.get(digest);
    if (kept !== undefined && kept.until > nowMs()) return kept.text;
    const text = await operations.find(digest);
    if (known.size >= MOST_KNOWN) known.clear();
    if (text === undefined) known.delete(digest);
    else known.set(digest, { text, until: nowMs() + KNOWN_MS });
    return text;
  };
  return async (body) => {
    // What is no operation at all is refused by who reads it, and asks nothing.
    if (!isRecord(body)) return;
    const digest = digestIn(body);
    const text = digest === undefined ? undefined : await find(digest);
    if (text === undefined) throw notListed();
    body['query'] = text;
    delete body['extensions'];
  };
}

/** Of a text that cannot be read there is none, as of one that is not listed. */
function digestIn(body: Record<string, unknown>): Digest | undefined {
  const { query, operationName } = body;
  if (typeof query === 'string') {
    const document = parsed(query);
    if (document instanceof GraphQLError) return undefined;
    const name = typeof operationName === 'string' ? operationName : null;
    return operationIn(document, name)?.digest;
  }
  const { extensions } = body;
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? `sha256:${hash}` : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notListed(): GraphQLError {
  const message =
    'this service answers listed operations alone; ' +
    'have it listed by `nextbest operations add`, or send the digest of one that is';
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_NOT_LISTED', http: { status: 403 } },
  });
}
