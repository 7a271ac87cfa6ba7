import { keyedHash } from '../../../domain/digest.ts';
import type { Arm } from '../../../domain/live-state.ts';
import { ONE_PPM } from '../../../domain/ppm.ts';
import {
  type LivePoint,
  languageOf,
  liveStateOf,
} from '../../../engine/point-in-time/live-state-of.ts';
import type { KnownCustomer } from './decide-many.ts';
import type { Present } from './read-present.ts';

/** What a present says of its customer under its release. */
export function knownCustomer(present: Omit<Present, 'request' | 'context'>): KnownCustomer {
  const { moment, release, point, snapshot, versions } = present;
  const { overdue } = moment;
  const neverHandedOver = moment.bankMode === 'EVALUATION' ? 'EMPTY' : 'UNKNOWN';
  const { ageLimits } = release.body;
  const at: LivePoint = { ...point, ageLimits, neverHandedOver };
  const preferred = languageOf(versions, at);
  return {
    snapshot,
    live: liveStateOf(versions, at),
    ...(point.businessDate === moment.businessDate && overdue !== undefined && { overdue }),
    businessDate: point.businessDate,
    language: preferred ?? release.body.languages?.default ?? 'en',
    arm: armOf(moment.addressKey, release.body.rollout.controlGroupPpm),
  };
}

/** A customer stays in one arm: the draw is a keyed hash, stable and not to be guessed. */
function armOf(addressKey: Uint8Array, controlGroupPpm: number): Arm {
  const draw = keyedHash(addressKey, 'arm').readUInt32BE(0);
  return (draw * ONE_PPM) / 2 ** 32 < controlGroupPpm ? 'CONTROL' : 'TREATED';
}
