import { ENGINE_PARTS, type PartFailure, type PartName } from '../../domain/customer360.ts';
import type { DecisionInput, Degradation } from '../../domain/decision.ts';
import type { LivePart } from '../../domain/live-state.ts';

const FAILURES: readonly Degradation['failure'][] = [
  'SOURCE_DOWN',
  'STALE',
  'NOT_COVERED',
  'NO_RATE',
];

/** The LIVE facts that are lost when a part of the live state is unknown. */
const LIVE_FACTS: { readonly [part in PartName]?: readonly string[] } = {
  holds: ['hold.collections', 'hold.vulnerable'],
  campaigns: [
    'complaint.daysSinceLast',
    'contact.count30d',
    'contact.count7d',
    'contact.daysSinceLast',
    'contact.openCount',
    'contact.thisAction90dCount',
    'contact.thisActionOpen',
    'contact.thisGroup30dCount',
    'decline.daysSinceThisAction',
  ],
  interactions: ['complaint.daysSinceLast'],
};

/**
 * The parts that could not be read, and the facts lost with them, by sheet, snapshot and live
 * state. A fact that the release never reads is no loss and is not named.
 */
export function degradations(
  { sheet, snapshot, live }: DecisionInput,
  usedFacts: ReadonlySet<string>,
): readonly Degradation[] {
  const lost = new Map<string, Set<string>>();
  const lose = (cause: string, names: readonly string[]) => {
    const set = lost.get(cause) ?? new Set();
    for (const name of names) set.add(name);
    lost.set(cause, set);
  };
  for (const [name, cause] of Object.entries(sheet.unavailable)) {
    if (usedFacts.has(name)) lose(cause, [name]);
  }
  const failures = failuresOf(snapshot.sources);
  for (const [part, failure] of failures) lose(`${failure} ${part}`, []);
  for (const part of unansweredParts(live)) {
    const names = (LIVE_FACTS[part] ?? []).filter((name) => usedFacts.has(name));
    const failure = live.failures?.[part] ?? failures.get(part) ?? 'SOURCE_DOWN';
    lose(`${failure} ${part}`, names);
  }
  return ENGINE_PARTS.flatMap((part) =>
    FAILURES.flatMap((failure): readonly Degradation[] => {
      const names = lost.get(`${failure} ${part}`);
      return names === undefined ? [] : [{ part, failure, facts: [...names].toSorted() }];
    }),
  );
}

function failuresOf(
  sources: DecisionInput['snapshot']['sources'],
): ReadonlyMap<PartName, PartFailure> {
  const failures = new Map<PartName, PartFailure>();
  for (const part of ENGINE_PARTS) {
    const source = sources[part];
    if (source !== undefined && 'failed' in source) failures.set(part, source.failed);
  }
  return failures;
}

function unansweredParts(live: DecisionInput['live']): readonly LivePart[] {
  const parts: LivePart[] = [];
  if (live.consents === null) parts.push('consents');
  if (live.holds === null) parts.push('holds');
  if (live.contacts === null) parts.push('campaigns');
  if (live.complainedOn === null) parts.push('interactions');
  return parts;
}
