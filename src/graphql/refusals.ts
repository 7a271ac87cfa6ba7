import { GraphQLError } from 'graphql';
import type { UnreadableDecision } from '../app/ports/decision-log.ts';
import { isId } from '../domain/id.ts';
import { clip } from './clip.ts';

/** A refusal in a result union, with the type's name for graphql to tell it by. */
export function unknownCustomer(customerId: string) {
  return {
    __typename: 'UnknownCustomer' as const,
    code: 'UNKNOWN_CUSTOMER',
    message: `the bank has no customer \`${clip(customerId)}\`; look one up with \`customers\``,
  };
}

/** Told only to whoever may see the customer in whom the number lives on. */
export function mergedCustomer(customerId: string, survivorId: string) {
  return {
    __typename: 'MergedCustomer' as const,
    code: 'MERGED_CUSTOMER',
    message: `customer \`${clip(customerId)}\` lives on in \`${clip(survivorId)}\`: ask by that`,
    survivorId,
  };
}

/**
 * Also where the bank has no such customer: whoever has a book learns nothing of who is outside.
 * A number that is none is not repeated.
 */
export function notInBook(customerId: string) {
  const told = isId(customerId) ? clip(customerId) : '…';
  return {
    __typename: 'NotInBook' as const,
    code: 'NOT_IN_BOOK',
    message: `your book has no customer \`${told}\`; \`customers\` lists those it has`,
  };
}

/** Nothing was recorded under that id; what was and cannot be read is an UnreadableDecision. */
export function unknownDecision(id: string) {
  return {
    __typename: 'UnknownDecision' as const,
    code: 'UNKNOWN_DECISION',
    message: `there is no decision \`${id}\`; find one with \`decisionAudit\``,
  };
}

/** Whether the decision is about somebody outside the viewer's book, or there is none. */
export function noDecisionInBook(id: string) {
  return {
    ...unknownDecision(id),
    message: `your book has no decision \`${id}\`; \`nextBestActions\` makes new ones`,
  };
}

const LOST = { UNREADABLE: 'its body', RELEASE_MISSING: 'its release' } as const;

/** What is left of a decision that cannot be shown. */
export function unreadableDecision({ capsule, releaseDigest, ...left }: UnreadableDecision) {
  return {
    __typename: 'UnreadableDecision' as const,
    code: 'UNREADABLE_DECISION',
    message:
      `decision \`${left.id}\` is on record, but ${LOST[left.cause]} is not what was stored; ` +
      'restore it from a backup',
    ...left,
    release: releaseDigest,
  };
}

/** Also where what is stored is no longer what the digest names. */
export function unknownRelease(digest: string) {
  return {
    __typename: 'UnknownRelease' as const,
    code: 'UNKNOWN_RELEASE',
    message: `there is no release \`${clip(digest)}\`; list them with \`releases\``,
  };
}

/** Every surfaced action took its prior, so no forest has anything to explain. */
export function notScored(id: string) {
  return {
    __typename: 'NotScored' as const,
    code: 'NOT_SCORED',
    message: `nothing that decision \`${id}\` surfaced was scored by a forest; see \`decision\``,
  };
}

/**
 * The cause is ERASED where the customer's key was destroyed, UNREADABLE where bytes are spoilt.
 */
export function evidenceLost(id: string, cause: string) {
  return {
    __typename: 'EvidenceLost' as const,
    code: 'EVIDENCE_LOST',
    message: `the facts of decision \`${id}\` are lost; \`decision\` shows what stands`,
    cause,
  };
}

/** The decision stands, but what it was decided by cannot be run again. */
export function releaseMissing(id: string) {
  return {
    __typename: 'ReleaseMissing' as const,
    code: 'RELEASE_MISSING',
    message:
      `the release of decision \`${id}\`, or a forest or the engine of it, is not here ` +
      'as it was: restore it',
  };
}

/** Nothing was begun: the explaining thread has as many questions as may wait. */
export function explainerBusy() {
  return {
    __typename: 'ExplainerBusy' as const,
    code: 'EXPLAINER_BUSY',
    message: 'too many explanations wait already; ask again in a moment',
  };
}

/** Also where another program put in force what this engine does not decide under. */
export function noActiveRelease() {
  return {
    __typename: 'NoActiveRelease' as const,
    code: 'NO_ACTIVE_RELEASE',
    message:
      'no release is in force that this engine decides under; ' +
      'build one with `nextbest release build`, then activate it',
  };
}

/** Names the argument as the schema does; the message says what to write instead. */
export function invalidArgument(argument: string, message: string) {
  return {
    __typename: 'InvalidArgument' as const,
    code: 'INVALID_ARGUMENT',
    argument: clip(argument),
    message,
  };
}

/** The typed error at the path of a field below an answer whose argument cannot be read. */
export function badInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(`\`${argument}\`: ${message}`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}

/** A repeat must ask the same: nothing was decided. */
export function requestConflict(requestId: string) {
  return {
    __typename: 'RequestConflict' as const,
    code: 'REQUEST_CONFLICT',
    message: `request id \`${clip(requestId)}\` was used with other arguments; use a new one`,
  };
}

/** The typed error at the path of a part that could not be read. */
export function partFailed(part: string, reason: string): GraphQLError {
  return new GraphQLError(`part \`${part}\` is not available: ${reason}`, {
    extensions: { code: 'PART_UNAVAILABLE', part, reason },
  });
}

/** The typed error at the path of a trace that is told of one action at a time. */
export function traceTooLarge(verdicts: number): GraphQLError {
  const message =
    `the trace may hold ${verdicts} verdicts, too many for one answer; ` +
    'ask for those of one action: `trace(action: "…")`';
  return new GraphQLError(message, { extensions: { code: 'TRACE_TOO_LARGE', verdicts } });
}
