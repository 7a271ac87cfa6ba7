import type { ActionDeclaration } from '../../domain/action.ts';
import { ENGINE_VERSION } from '../../domain/decision.ts';
import { type Digest, digestOf } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { ok, type Problem, type Result, refuse } from '../../domain/result.ts';
import type { RuleSetFiles } from '../../domain/rule-set.ts';
import { byId } from '../../domain/text-order.ts';
import { loadRelease, ReleaseMisfit, type ReleaseMisfitCode } from '../../engine/load-release.ts';
import type { ReleaseStore, Stamp } from '../ports/release-store.ts';

/** A release that was built, and the forests it had to do without. */
export interface BuiltRelease {
  readonly digest: Digest;
  /** Declared but never trained: their actions take the declared prior. */
  readonly untrained: readonly string[];
}

/** What of a rule set and its forests does not fit; nothing was stored or put in force. */
export interface BuildRefusal {
  readonly code: ReleaseMisfitCode;
  readonly subject: string;
  readonly message: string;
}

/** Binds a rule set and the newest forests it declares into an immutable release. */
export async function buildRelease(
  ruleSet: RuleSetFiles,
  stamp: Stamp,
  store: ReleaseStore,
): Promise<Result<BuiltRelease, BuildRefusal>> {
  const declared = ruleSet.forests.map(({ id }) => id);
  const trained = await store.latestForests();
  const forests = trained.filter(({ id }) => declared.includes(id)).toSorted(byId);
  const untrained = declared.filter((id) => !forests.some((forest) => forest.id === id));
  const actions = ruleSet.body.actions.map((action) => withoutForest(action, untrained));
  const body: ReleaseBody = {
    ...ruleSet.body,
    actions,
    engineVersion: ENGINE_VERSION,
    forests,
  };
  const digest = digestOf(body);
  // Loaded once before it is stored: what does not load could never decide.
  const bytes = await store.forestBytes(forests.map((forest) => forest.digest));
  const misfit = misfitOf(() => loadRelease(body, digest, bytes));
  if (misfit !== null) return refuse(misfit);
  await store.save({ digest, body }, stamp);
  return ok({ digest, untrained });
}

/** Rules may change after a forest was trained or imported, so a misfit is no bug of ours. */
function misfitOf(load: () => unknown): BuildRefusal | null {
  try {
    load();
    return null;
  } catch (cause) {
    if (!(cause instanceof ReleaseMisfit)) throw cause;
    const { code, subject, message } = cause;
    const instead = code.startsWith('FOREST_') ? ', or train or import another under its id' : '';
    return { code, subject, message: `${message}${instead}` };
  }
}

/** An action whose forest was never trained is shown as not modelled: it takes its prior. */
function withoutForest(
  action: ActionDeclaration,
  untrained: readonly string[],
): ActionDeclaration {
  const { propensity } = action;
  if (propensity.kind === 'PRIOR' || !untrained.includes(propensity.forest)) return action;
  const { priorPpm, owner } = propensity;
  return { ...action, propensity: { kind: 'PRIOR', priorPpm, owner } };
}

/** Why a release was not put in force; the one before stays. */
export type ActivationRefusal = {
  /** FOREIGN_ENGINE: this program could not decide under it. */
  readonly code: 'UNKNOWN_RELEASE' | 'FOREIGN_ENGINE';
  readonly digest: string;
};

/** Puts a release in force: the next decision follows it, without a restart. */
export async function activateRelease(
  digest: Digest,
  stamp: Stamp,
  store: ReleaseStore,
): Promise<Result<Digest, ActivationRefusal>> {
  const found = await store.load(digest);
  if (found === undefined || found === 'ALTERED') {
    return refuse({ code: 'UNKNOWN_RELEASE', digest });
  }
  if (found.body.engineVersion !== ENGINE_VERSION) {
    return refuse({ code: 'FOREIGN_ENGINE', digest });
  }
  await store.activate(digest, stamp);
  return ok(digest);
}

/** Problems as lines that name file, place, reason and mend. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ file, line, at, code, message }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `${place} ${at === '' ? '/' : at} ${code}: ${message}`;
  });
}
