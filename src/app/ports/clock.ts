import type { Instant } from '../../domain/instant.ts';

/** The present instant; passed in, so that a test or a replay can choose it. */
export interface Clock {
  now(): Instant;
}

/** A source of random bytes; passed in for the same reason. */
export interface Randomness {
  bytes(length: number): Uint8Array;
}
