import type { Address } from '../../../domain/digest.ts';
import type { Commit } from '../../ports/commit.ts';
import type { Appended, StoredDecision } from '../../ports/decision-log.ts';
import type { Present } from './read-present.ts';
import { recordDecision, recordReuse } from './record-decision.ts';
import { apart, goOn, type Way } from './way.ts';

/** What a request comes to: a new decision, or one of late that stands for it too. */
export interface Conclusion {
  readonly present: Present;
  readonly argumentsDigest: Address;
  readonly stored: StoredDecision;
  readonly isNew: boolean;
}

/** A conclusion and what became of it in the commit. */
export interface Committed {
  readonly conclusion: Conclusion;
  readonly appended: Appended;
}

/**
 * Makes conclusions durable, all in one commit of the log. This is the one place from which
 * decisions are recorded; a look back that is not to be recorded passes through.
 */
export function commitConclusions(
  conclusions: readonly Conclusion[],
  { commit }: { readonly commit: Commit },
): Promise<readonly Way<Committed>[]> {
  return apart(conclusions.map(goOn), async (conclusion) =>
    goOn({ conclusion, appended: await append(conclusion, commit) }),
  );
}

async function append(
  { present, argumentsDigest, stored, isNew }: Conclusion,
  commit: Commit,
): Promise<Appended> {
  const { requestId, caller, lookBack } = present.request;
  if (lookBack?.record === false) return { outcome: 'RECORDED' };
  if (isNew) return recordDecision({ ...stored, argumentsDigest, requestId }, commit);
  if (requestId === null) return { outcome: 'RECORDED' };
  return recordReuse({ decisionId: stored.id, argumentsDigest, caller, requestId }, commit);
}
