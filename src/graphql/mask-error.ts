import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { BrokenAudit } from '../app/ports/broken-audit.ts';
import { type Dependency, Outage } from '../app/ports/outage.ts';
import { Overload } from '../app/ports/overload.ts';
import { clipMessage } from './clip.ts';
import type { RequestContext } from './context.ts';
import { type HttpRefusal, OVERLOADED } from './http-refusal.ts';

/** Codes whose messages were written for callers; everything else is masked. */
const TOLD = new Set([
  'ANSWER_TOO_LARGE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'MANDATE_REFUSED',
  'MANDATE_REQUIRED',
  'METHOD_NOT_ALLOWED',
  'OPERATION_NOT_LISTED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_LARGE',
  'PART_UNAVAILABLE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUOTA_EXCEEDED',
  'TRACE_TOO_LARGE',
  'UNAUTHENTICATED',
]);

/** These repeat what the caller wrote. */
const WORDED_BY_GRAPHQL = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

const UNAVAILABLE: {
  readonly [D in Dependency]: { readonly code: string; readonly message: string };
} = {
  DATABASE: {
    code: 'DATABASE_UNAVAILABLE',
    // A connection may drop after the commit and before its answer.
    message:
      'the database does not answer; a decision may have been recorded or not: ' +
      'try again in a moment with the same `requestId`, which then gets the same answer',
  },
  WRITES: {
    code: 'DATABASE_TAKES_NO_WRITES',
    message:
      'the database answers, but takes no writes; nothing was recorded: what only reads works, ' +
      'try again in a moment',
  },
  SOURCE: {
    code: 'SOURCE_UNAVAILABLE',
    message: 'a source of the bank does not answer; nothing was recorded, try again in a moment',
  },
  ISSUER: {
    code: 'ISSUER_UNAVAILABLE',
    message:
      'the token issuer does not answer, so no token can be checked; try again in a moment',
  },
};

const BROKEN_AUDIT = {
  code: 'AUDIT_BROKEN_OFF',
  message:
    'the audit came to no end, and nothing else is touched: try again in a moment; where it ' +
    'comes to none again, use `nextbest replay`, which may take more memory',
};

const SOON = { headers: { 'retry-after': '1' } };

/** What a caller hears of an outage. */
export function outageTold({ dependency }: Outage) {
  return UNAVAILABLE[dependency];
}

/** What a caller hears of what failed by a dependency or a worker, or for want of room. */
export function unavailable(cause: unknown): HttpRefusal | undefined {
  if (cause instanceof Overload) return OVERLOADED;
  if (cause instanceof BrokenAudit) return { status: 503, ...BROKEN_AUDIT, ...SOON };
  if (!(cause instanceof Outage)) return undefined;
  return { status: 503, ...outageTold(cause), ...SOON };
}

/** What a caller hears of an error: its own mistakes in full, outages by name, bugs not at all. */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  told: {
    readonly onError: (error: unknown) => void;
    readonly onOutage?: (outage: Outage) => void;
  },
): GraphQLFormattedError {
  const cause = causeOf(error);
  if (cause instanceof Outage) told.onOutage?.(cause);
  const down = unavailable(cause);
  if (down !== undefined) {
    return at(formatted, { message: down.message, extensions: { code: down.code } });
  }
  const code = String(formatted.extensions?.['code']);
  if (WORDED_BY_GRAPHQL.has(code)) {
    return { ...formatted, message: clipMessage(formatted.message) };
  }
  if (TOLD.has(code)) return formatted;
  told.onError(cause);
  return at(formatted, {
    message: 'something went wrong on our side; it has been logged',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

/** What was thrown, beneath what graphql made of it. */
export function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

function at(
  { path, locations }: GraphQLFormattedError,
  told: GraphQLFormattedError,
): GraphQLFormattedError {
  return { ...told, ...(path && { path }), ...(locations && { locations }) };
}

/** Answers 503 with Retry-After when the whole answer failed on a dependency. */
export function outageStatus(): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, errors }) {
          const causes = (errors ?? []).map(causeOf);
          if (!causes.some((one) => unavailable(one) !== undefined)) return;
          response.http.status = 503;
          response.http.headers.set('retry-after', '1');
        },
      };
    },
  };
}
