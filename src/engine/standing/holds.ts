import type { Purpose } from '../../domain/channel.ts';
import type { Withholding } from '../../domain/decision.ts';
import type { LiveHold } from '../../domain/live-state.ts';
import type { CandidateReason } from '../../domain/reason-code.ts';

type HoldKind = LiveHold['kind'];

/** What each hold stops, gravest first. The last two spare service: hardship help is for them. */
const STOPS: readonly { readonly kind: HoldKind; readonly only?: Purpose }[] = [
  { kind: 'DECEASED' },
  { kind: 'FRAUD' },
  { kind: 'COLLECTIONS', only: 'MARKETING' },
  { kind: 'VULNERABLE', only: 'MARKETING' },
];

/** Step 2, holds: what stops an action of this purpose, or null. */
export function holdAgainst(
  holds: ReadonlySet<HoldKind> | undefined,
  purpose: Purpose,
): Withholding | null {
  if (holds === undefined) {
    return {
      stage: 'HOLD',
      rule: 'hold.unknown',
      reasonCode: 'MISSING_FACT',
      seen: { holds: null },
      missing: ['holds'],
    };
  }
  const stop = STOPS.find(({ kind, only }) => holds.has(kind) && (only ?? purpose) === purpose);
  if (stop === undefined) return null;
  const name = stop.kind.toLowerCase();
  const reasonCode: CandidateReason = `HOLD_${stop.kind}`;
  return {
    stage: 'HOLD',
    rule: `hold.${name}`,
    reasonCode,
    seen: { [`hold.${name}`]: true, 'action.purpose': purpose },
  };
}
