import type { Treatment } from '../../domain/action.ts';
import type { Direction } from '../../domain/channel.ts';
import type { Considered, Deciding, LoadedAction } from '../../domain/deciding.ts';
import type { SeenFacts } from '../../domain/decision.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import type { LiveState } from '../../domain/live-state.ts';
import type { CandidateReason } from '../../domain/reason-code.ts';
import { type Languages, languagesFor } from '../../domain/spoken-languages.ts';
import type { TriggerKind } from '../../domain/trigger.ts';
import { withhold } from './withhold.ts';

/** By trigger, who starts the contact. A journey may show treatments of either direction. */
const DIRECTIONS: { readonly [kind in TriggerKind]: readonly Direction[] } = {
  QUERY: ['INBOUND'],
  SERVICE_INTERACTION: ['INBOUND'],
  EVENT: ['OUTBOUND'],
  BATCH: ['OUTBOUND'],
  JOURNEY: ['INBOUND', 'OUTBOUND'],
};

/**
 * Step 1, action catalogue: an action stands if it is valid on the business date and has a
 * treatment that can be shown here. Only then are its own facts worked out.
 */
export function considerAction(
  deciding: Deciding,
  action: LoadedAction,
  factsOf: (deciding: Deciding, action: LoadedAction) => FactVector,
): Considered {
  const { id, validFrom, validTo, treatments } = action.declaration;
  const { today, release, input } = deciding;
  const considered: Considered = {
    action,
    facts: deciding.facts,
    candidate: { actionId: id, treatmentId: null, outcome: 'RANKED' },
  };
  const withheld = (rule: string, reasonCode: CandidateReason, seen: SeenFacts) =>
    withhold(considered, { stage: 'CATALOGUE', rule, reasonCode, seen });
  if (today < validFrom || (validTo !== undefined && today > validTo)) {
    const seen = { businessDate: today, validFrom, validTo: validTo ?? null };
    return withheld('catalogue.validity', 'NOT_VALID_TODAY', seen);
  }
  if (!release.body.channels.includes(input.live.channel)) {
    const seen = { 'live.channel': input.live.channel };
    return withheld('catalogue.channel', 'NO_TREATMENT_HERE', seen);
  }
  const fitting = fittingTreatment(treatments, input.live, release.body.languages);
  if (typeof fitting === 'string')
    return withheld(fitting, 'NO_TREATMENT_HERE', seenOf(input.live));
  return {
    action,
    facts: factsOf(deciding, action),
    candidate: { ...considered.candidate, treatmentId: fitting.id },
  };
}

/** The first declared treatment that fits, or the check that the last remaining ones failed. */
function fittingTreatment(
  treatments: readonly Treatment[],
  live: LiveState,
  languages: Languages | undefined,
): Treatment | string {
  const inChannel = treatments.filter(({ channel }) => channel === live.channel);
  if (inChannel.length === 0) return 'catalogue.channel';
  const directions = DIRECTIONS[live.trigger.kind];
  const directed = inChannel.filter(({ direction }) => directions.includes(direction));
  if (directed.length === 0) return 'catalogue.direction';
  const { placement } = live;
  const placed = directed.filter(
    ({ placements }) =>
      placement === null || placements.length === 0 || placements.includes(placement),
  );
  if (placed.length === 0) return 'catalogue.placement';
  for (const language of languagesFor(live, languages)) {
    const spoken = placed.find(({ text }) => Object.hasOwn(text, language));
    if (spoken !== undefined) return spoken;
  }
  return 'catalogue.language';
}

function seenOf(live: LiveState): SeenFacts {
  return {
    'live.channel': live.channel,
    'live.trigger': live.trigger.kind,
    'live.placement': live.placement,
    'live.language': live.language,
  };
}
