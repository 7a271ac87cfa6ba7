import type { TraceEntry } from '../../../domain/decision.ts';
import type { Uuid } from '../../../domain/id.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  DecisionFilter,
  DecisionLog,
  UnreadableDecision,
} from '../../ports/decision-log.ts';
import type { EngineArchive } from '../../ports/engine-archive.ts';
import type { MomentReader, SnapshotStore } from '../../ports/moment.ts';
import type { ReleaseStore } from '../../ports/release-store.ts';
import type { RuleDisagreements } from '../../ports/rule-disagreements.ts';
import type { RuleEvaluators } from '../../ports/rule-reading.ts';
import type { ShapComputer } from '../../ports/shap.ts';
import type { ReleaseShelf } from '../../releases/release-shelf.ts';
import { createAuditLane, MOST_AUDITS } from './audit-lane.ts';
import type { DecisionEvidence } from './decision-evidence.ts';
import {
  explainByShap,
  prepareExplanations,
  type ShapOfDecision,
  type ShapRefusal,
} from './explain-by-shap.ts';
import { createEvidenceReader, findDecision, showDecision } from './gather-evidence.ts';
import { replayAll } from './replay-all.ts';
import { createReplayer, type Replay } from './replay-decision.ts';
import { type SecondOpinion, secondOpinion } from './second-opinion.ts';
import { FEW_VERDICTS, traceDecision, verdictsIn } from './trace-decision.ts';

/** A decision with its evidence, or what is left of one that cannot be shown. */
type Shown = DecisionEvidence | UnreadableDecision;

/** Which engine decides again: the sources where the version is theirs, or always an archive. */
export type ReplayingEngine = 'SOURCE' | 'ARCHIVE';

/** Decides one again, as others of the same question; undefined when there is none. */
export type Sitting = (id: Uuid) => Promise<Replay | undefined>;

/** What is on record of decisions: shown, decided again, taken apart and judged again. */
export interface Evidence {
  /** Undefined when no decision has that id. */
  readonly find: (id: Uuid) => Promise<Shown | undefined>;
  /** Whom a decision is about; undefined when there is none. */
  readonly customerOf: (id: Uuid) => Promise<string | undefined>;
  /** A page of decisions, newest first, after the one that `before` names. */
  readonly page: (
    filter: DecisionFilter,
    page: { readonly first: number; readonly before: Uuid | null },
  ) => Promise<{ readonly decisions: readonly Shown[]; readonly hasMore: boolean }>;
  /** The verdicts of all actions or of one; undefined where they cannot be told any more. */
  readonly trace: (
    evidence: DecisionEvidence,
    only: string | null,
  ) => Promise<readonly TraceEntry[] | undefined>;
  /** Decides one again; undefined when there is none. */
  readonly replay: (id: Uuid, engine: ReplayingEngine) => Promise<Replay | undefined>;
  /** For some that are asked for together: each release is read and checked once for all. */
  readonly sitting: (engine: ReplayingEngine) => Sitting;
  /** Decides every stored decision again, oldest first. */
  readonly replayAll: (engine: ReplayingEngine) => AsyncGenerator<Replay>;
  readonly explainByShap: (id: Uuid, shap: ShapComputer) => Promise<ShapOfDecision | ShapRefusal>;
  /** Has a release's forests taken apart ahead of the first who asks. */
  readonly prepareExplanations: (
    body: Pick<ReleaseBody, 'forests'>,
    shap: ShapComputer,
  ) => Promise<void>;
  readonly secondOpinion: (
    id: Uuid,
    referenceVerdict: RuleEvaluators['referenceVerdict'],
  ) => Promise<SecondOpinion>;
}

/** What evidence is made from. */
export interface EvidencePorts {
  readonly log: DecisionLog;
  readonly releaseShelf: ReleaseShelf;
  readonly releaseStore: ReleaseStore;
  readonly snapshotStore: SnapshotStore;
  /** What is recorded: nothing of it is asked of a live core. */
  readonly moments: MomentReader;
  readonly engines: EngineArchive;
  readonly disagreements: RuleDisagreements;
  readonly clock: Clock;
}

/** Makes what is told of decisions on record; all of it is done on the thread that asks. */
export function createEvidence(ports: EvidencePorts): Evidence {
  const { log } = ports;
  const lane = createAuditLane(MOST_AUDITS);
  const deps = { ...ports, evidenceOf: createEvidenceReader(ports) };
  // A new one for each question: it remembers the releases that it read.
  const replayer = (engine: ReplayingEngine) => createReplayer({ ...ports, engine });
  return {
    find: (id) => findDecision(id, deps),
    customerOf: async (id) => (await log.findMany([id])).get(id)?.customerId,
    page: async (filter, page) => {
      const { decisions, hasMore } = await log.page(filter, page);
      return {
        decisions: await Promise.all(decisions.map((one) => showDecision(one, deps))),
        hasMore,
      };
    },
    trace: async (evidence, only) =>
      verdictsIn(evidence) > FEW_VERDICTS
        ? lane(() => traceDecision(evidence, only))
        : traceDecision(evidence, only),
    replay: (id, engine) => lane(() => replayer(engine).replay(id)),
    sitting: (engine) => {
      const { replayStored } = replayer(engine);
      return (id) =>
        lane(async () => {
          const stored = (await log.findMany([id])).get(id);
          return stored && replayStored(stored);
        });
    },
    replayAll: (engine) => replayAll(replayer(engine), log),
    explainByShap: (id, shap) => explainByShap(id, { ...deps, shap }),
    prepareExplanations: (body, shap) => prepareExplanations(body, { ...ports, shap }),
    secondOpinion: (id, referenceVerdict) => secondOpinion(id, { ...deps, referenceVerdict }),
  };
}
