import { createPool } from './connection/pool.ts';
import { createDecisionLog } from './decisions/decision-log.ts';
import { createRuleDisagreements } from './decisions/rule-disagreements.ts';
import { createMomentReader } from './moments/moment-reader.ts';
import { createSnapshotStore } from './moments/snapshot-store.ts';
import type { Stores } from './open-stores.ts';
import { createRegistry } from './registry/registry.ts';
import { createReleaseStore } from './registry/release-store.ts';

/** What decisions are explained and replayed by. */
export type EvidenceStores = Pick<
  Stores,
  'decisions' | 'disagreements' | 'moments' | 'releases' | 'snapshots' | 'close'
>;

/** Audits run one after another: one connection reads what was recorded, one the registry. */
const MOST_CONNECTIONS = 1;

/** Opens what reads evidence, by sessions that write nothing; no connection until it is used. */
export function openEvidenceStores(url: string, applicationName: string): EvidenceStores {
  const pool = createPool(url, {
    max: MOST_CONNECTIONS,
    applicationName,
    settings: { default_transaction_read_only: 'on' },
  });
  const registry = createRegistry(url, { max: MOST_CONNECTIONS, readOnly: true });
  return {
    decisions: createDecisionLog({ reader: pool, auditor: pool }),
    disagreements: createRuleDisagreements(pool),
    moments: createMomentReader(pool),
    releases: createReleaseStore(registry),
    snapshots: createSnapshotStore(pool),
    close: async () => {
      await Promise.all([pool.close(), registry.close()]);
    },
  };
}
