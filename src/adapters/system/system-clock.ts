import { randomBytes } from 'node:crypto';
import type { Clock, Randomness } from '../../app/ports/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** The operating system's randomness. */
export const systemRandomness: Randomness = { bytes: (length) => randomBytes(length) };
