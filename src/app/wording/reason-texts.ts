import {
  CANDIDATE_REASONS,
  type CandidateReason,
  type NoActionReason,
} from '../../domain/reason-code.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { byIdIn } from './by-id.ts';

/** What the engine's own checks say; a missing fact is told by its name. */
const CANDIDATE_TEXTS: {
  readonly [code in Exclude<CandidateReason, 'MISSING_FACT'>]: string;
} = {
  NOT_VALID_TODAY: 'the action is not valid on this business date',
  NO_TREATMENT_HERE: 'the action has no treatment for this channel, placement and language',
  HOLD_DECEASED: 'the customer is recorded as deceased',
  HOLD_FRAUD: 'a fraud hold stops every action',
  HOLD_COLLECTIONS: 'the customer is in collections, so nothing is marketed',
  HOLD_VULNERABLE: 'the customer is recorded as vulnerable, so nothing is marketed',
  NO_CONSENT: 'the customer has not agreed to marketing in this channel',
  CONSENT_WITHDRAWN: 'the customer has withdrawn consent to marketing in this channel',
  CONSENT_OBJECTED: 'the customer has objected to marketing in this channel',
  CONSENT_EXPIRED: 'the consent to marketing in this channel has expired',
  CONSENT_STALE: 'the consent to marketing in this channel is too old to count',
  RESTING_AFTER_DECLINE: 'the customer declined this action recently',
  RESTING_AFTER_COMPLAINT: 'the customer complained recently, so marketing rests',
  BELOW_LEAST_VALUE: 'the expected value is below the least that is worth a contact',
  OUTRANKED: 'other actions are worth more now',
  CONTROL_GROUP: 'the customer is in the control group: decided in full, and nothing is shown',
};

const NO_ACTION_TEXTS: { readonly [reason in NoActionReason]: string } = {
  NOTHING_ELIGIBLE: 'no action may be taken for this customer now',
  HELD: 'a hold on the customer stops every action',
  BELOW_LEAST_VALUE: 'no action is worth a contact now',
  CONTROL_GROUP: 'the customer is in the control group: decided in full, and nothing is shown',
  NO_TREATMENT_HERE: 'no action can be presented in this channel and placement',
};

/** What decided: a rule, a cap or a check of the engine, its code and the facts it missed. */
interface ReasonOf {
  readonly rule: string;
  readonly code: string;
  readonly missing?: readonly string[];
}

/** The words of a reason: the rule's or cap's own where there is one, else the engine's. */
export function reasonText(
  body: Pick<ReleaseBody, 'rules' | 'contactPolicy'>,
  { rule, code, missing = [] }: ReasonOf,
): string {
  const engine = CANDIDATE_REASONS.find((reserved) => reserved === code);
  if (engine === 'MISSING_FACT') {
    return `not known: ${missing.join(', ')}; what is unknown permits nothing`;
  }
  if (engine !== undefined) return CANDIDATE_TEXTS[engine];
  const owner =
    byIdIn(body.rules).get(rule) ?? body.contactPolicy.caps.find((cap) => cap.id === rule);
  return owner?.reason.text ?? code;
}

/** Why nothing was surfaced, in words. */
export function noActionText(reason: NoActionReason): string {
  return NO_ACTION_TEXTS[reason];
}
