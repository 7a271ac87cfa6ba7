import type { Role, Viewer } from '../../app/ports/identity.ts';
import { createAdaptiveGate, createGate, type Gate, type GateSenses } from './gate.ts';

/** ASKING: who asks for customers, all day. OVERSIGHT: who must come through just then. */
export type Lane = 'ASKING' | 'OVERSIGHT';

/** A gate for each lane, so that neither takes the other's places. */
export type Lanes = { readonly [L in Lane]: Gate };

const OVERSEEING: readonly Role[] = ['AUDITOR', 'OPERATOR'];

/** More than people at their desks ask at once; a script of theirs waits outside. */
const MOST_OVERSEEING = 64;

/** The lane of a viewer. */
export function laneOf({ roles }: Pick<Viewer, 'roles'>): Lane {
  return roles.some((role) => OVERSEEING.includes(role)) ? 'OVERSIGHT' : 'ASKING';
}

/** Makes the gates of one process. */
export function createLanes(senses: GateSenses): Lanes {
  return { ASKING: createAdaptiveGate(senses), OVERSIGHT: createGate(MOST_OVERSEEING) };
}
