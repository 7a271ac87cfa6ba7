import type { Decision, DecisionInput } from '../../domain/decision.ts';
import type { Digest } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';

/** An engine as it was when it decided: loads a release its own way and decides with it. */
export interface ArchivedEngine {
  /** Decides an input under a release; throws when the release does not fit this engine. */
  decide(
    input: DecisionInput,
    release: {
      readonly digest: Digest;
      readonly body: ReleaseBody;
      readonly forests: ReadonlyMap<Digest, Uint8Array>;
    },
  ): Decision;
}

/** Every engine version that ever decided. */
export interface EngineArchive {
  /** Undefined when that version is not kept any more. */
  load(version: number): Promise<ArchivedEngine | undefined>;
}
