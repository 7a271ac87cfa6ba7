import type { TraceEntry } from '../../../domain/decision.ts';
import type { Uuid } from '../../../domain/id.ts';
import type { Evidence } from './evidence.ts';
import { FEW_VERDICTS, verdictsIn } from './trace-decision.ts';

/**
 * Audits that decide again, away from the thread that decides for customers. They reject with an
 * `Overload` where too many wait, and with a `BrokenAudit` where one came to no end.
 */
export interface HeavyAudits {
  readonly sitting: Evidence['sitting'];
  /** The verdicts of a decision by its id; undefined where they cannot be told any more. */
  readonly trace: (id: Uuid, only: string | null) => Promise<readonly TraceEntry[] | undefined>;
}

/** The same evidence, whose replays and large traces are made elsewhere. */
export function withHeavyAudits(evidence: Evidence, audits: HeavyAudits): Evidence {
  return {
    ...evidence,
    trace: (shown, only) =>
      verdictsIn(shown) > FEW_VERDICTS && typeof shown.snapshot !== 'string'
        ? audits.trace(shown.stored.id, only)
        : evidence.trace(shown, only),
    replay: (id, engine) => audits.sitting(engine)(id),
    sitting: audits.sitting,
  };
}
