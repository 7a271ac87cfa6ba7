import type { Digest } from '../../domain/digest.ts';
import type { Result } from '../../domain/result.ts';
import type { TokenRefusal } from './identity.ts';

/** What a person lets an assistant change: one operation with one set of variables, once. */
export interface Mandate {
  /** The issuer's own number of it, by which it is spent. */
  readonly id: string;
  readonly subject: string;
  readonly client: string | null;
  readonly operation: Digest;
  readonly variables: Digest;
}

/** Reads a mandate that the issuer signed; refuses one that cannot be read exactly. */
export interface MandateReader {
  readMandate(token: string): Promise<Result<Mandate, TokenRefusal>>;
}

/** The mandates that were used, for good. */
export interface SpentMandates {
  /** True for who spends it first; durable before it answers. */
  spend(mandate: Mandate, at: string): Promise<boolean>;
}
