import type { Authority } from '../../domain/authority.ts';
import type { ApprovalLevel } from '../../domain/rule.ts';

/** What a caller is, taken from the verified token; the contract says what each may read. */
export const ROLES = [
  'ADVISOR',
  'AGENT',
  'ANALYST',
  'APPROVER',
  'AUDITOR',
  'MODEL_RISK',
  'OPERATOR',
  'SERVICE',
] as const;
export type Role = (typeof ROLES)[number];

/** Who calls, as the issuer vouches for it. */
export interface Viewer {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly authority: Authority;
  /** The relationship manager whose customers alone may be seen; null: not bounded by a book. */
  readonly book: string | null;
  /** The client that the issuer gave the token to; null where it names none. */
  readonly client: string | null;
}

/** Between a person and the assistant that asks for it, in the name of who called. */
export const VIA = ' via ';

/** Whom a token of the demo issuer speaks for; what is left out is not claimed. */
export interface DemoIdentity {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly authority?: ApprovalLevel;
  readonly book?: string;
  readonly client?: string;
}

/**
 * Answered to the caller as it stands, so it holds nothing of the token. BAD_CLAIM: what says how
 * far a role goes is missing or cannot be read exactly.
 */
export interface TokenRefusal {
  readonly code:
    | 'MALFORMED'
    | 'EXPIRED'
    | 'NOT_YET_VALID'
    | 'UNTRUSTED'
    | 'TOO_LONG'
    | 'NO_ROLE'
    | 'BAD_CLAIM';
  readonly message: string;
}

/** Checks a bearer token against the configured issuer. */
export interface TokenVerifier {
  verify(
    token: string,
  ): Promise<
    | { readonly ok: true; readonly value: Viewer }
    | { readonly ok: false; readonly refusal: TokenRefusal }
  >;
}
