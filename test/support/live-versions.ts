import { PART_NAMES } from '../../src/domain/customer360.ts';
import { END_OF_TIME } from '../../src/domain/instant.ts';
import type { LiveConsent, LiveHold } from '../../src/domain/live-state.ts';
import type { LiveVersions } from '../../src/domain/live-versions.ts';
import type { AgeLimits } from '../../src/domain/release.ts';
import type { LivePoint } from '../../src/engine/point-in-time/live-state-of.ts';
import { SMALL_LIVE } from './small-input.ts';

interface LiveRecords {
  readonly consents?: readonly LiveConsent[];
  readonly holds?: readonly LiveHold[];
  readonly language?: string;
}

const AS_OF = '2026-11-24T09:30:00.000Z';
const RECORDED = { recordedAt: '2026-01-10T09:00:00.000Z' };

/** The present of 24 November 2026, in which a source may be three years old. */
export const PRESENT: LivePoint = {
  businessDate: '2026-11-24',
  knownAt: END_OF_TIME,
  bankNow: '2026-11-24T12:00:00.000Z',
  ageLimits: Object.fromEntries(PART_NAMES.map((name) => [name, 'P3Y'])) as AgeLimits,
  neverHandedOver: 'UNKNOWN',
};

/** The versions of the quiet moment at an agent's desk, and what a test states otherwise. */
export function liveVersions(customerId: string, records: LiveRecords = {}): LiveVersions {
  const { consents = SMALL_LIVE.consents ?? [], holds = [], language = 'en' } = records;
  const read = <T>(value: T) => ({ state: 'READ' as const, value, lineage: [{ asOf: AS_OF }] });
  const own = { partyId: customerId, ...RECORDED };
  return {
    customerId,
    party: read([{ ...own, language }]),
    consents: read(consents.map((row) => ({ ...row, ...own }))),
    holds: read(holds.map((row, i) => ({ ...row, ...own, holdId: `hold-${i}` }))),
    campaigns: read({ contacts: [], responses: [] }),
    interactions: read([]),
  };
}
