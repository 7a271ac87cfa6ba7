import { canonicalText } from '../../../domain/canonical.ts';
import { CHANNELS, PURPOSES } from '../../../domain/channel.ts';
import { ENGINE_PARTS } from '../../../domain/customer360.ts';
import { type Capsule, STAGES } from '../../../domain/decision.ts';
import type { LiveContact, LiveState } from '../../../domain/live-state.ts';
import { PRODUCT_KINDS } from '../../../domain/product-kind.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import { APPROVAL_LEVELS } from '../../../domain/rule.ts';
import { likelyCandidates } from './likely-candidates.ts';
import type { DictionaryText } from './vocabulary.ts';

const DAY = '2026-01-01';
const TIME = `${DAY}T00:00:00.000Z`;

/**
 * The dictionary for capsules of a release: two invented capsules that hold whatever the release
 * can decide, and further words. Nothing in it is of a customer. Dictionaries made later may hold
 * other things, for each is stored and bodies name the one they were written with.
 */
export function capsuleDictionary(release: ReleaseBody, releaseDigest: string): Uint8Array {
  const capsule: Capsule = {
    customer: '',
    snapshotAddress: '',
    releaseDigest,
    live: likelyLive(release),
    decision: {
      engineVersion: release.engineVersion,
      releaseDigest,
      outcome: 'ACTIONS',
      arm: 'TREATED',
      candidates: likelyCandidates(release),
      degradations: [{ part: 'transactions', failure: 'NOT_COVERED', facts: lost(release) }],
      traceDigest: '',
    },
  };
  const { decision } = capsule;
  const nothing: Capsule = {
    ...capsule,
    live: { ...capsule.live, consents: [], contacts: [] },
    decision: {
      ...decision,
      outcome: 'NO_ACTION',
      noActionReason: 'NOTHING_ELIGIBLE',
      candidates: [],
      degradations: [],
    },
  };
  const text: DictionaryText = { likely: [nothing, capsule], words: furtherWords(release) };
  return Buffer.from(canonicalText(text), 'utf8');
}

function lost({ facts }: ReleaseBody): readonly string[] {
  return facts.filter(({ sources }) => sources.includes('transactions')).map(({ name }) => name);
}

/** Words that the two capsules do not say; of equally common ones the first get short codes. */
function furtherWords({ facts, actions, rules, contactPolicy }: ReleaseBody): readonly string[] {
  return [
    ...facts.flatMap(({ name, values = [] }) => [name, ...values]),
    ...actions.flatMap(({ treatments, product }) => [
      ...treatments.map(({ id }) => id),
      ...(product === undefined ? [] : [product]),
    ]),
    ...[...rules, ...contactPolicy.caps].flatMap(({ id, reason }) => [id, reason.code]),
    ...actions.flatMap(({ treatments }) => treatments.flatMap(({ placements }) => placements)),
    ...PRODUCT_KINDS.map((kind) => kind.toLowerCase()),
    ...[...CHANNELS, ...PURPOSES, ...ENGINE_PARTS, ...STAGES, ...APPROVAL_LEVELS],
    ...DOMAIN_WORDS,
  ];
}

const DOMAIN_WORDS = [
  ...['ANY', 'PROFILING', 'WITHDRAWN', 'OBJECTED', 'ACCEPTED', 'COMPLAINED', 'CONTROL'],
  ...['EVENT', 'BATCH', 'SERVICE_INTERACTION', 'JOURNEY', 'SOURCE_DOWN', 'STALE', 'NO_RATE'],
  ...['DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE', 'HELD', 'CONTROL_GROUP', 'missing'],
  ...['UNSCORED_MISSING', 'UNSCORED_OBJECTION', 'ASSUMED_FOR_EVALUATION', 'wouldHaveSurfaced'],
] as const;

function likelyLive({ actions }: ReleaseBody): LiveState {
  const consent = { purpose: 'MARKETING', state: 'GIVEN', effectiveAt: TIME } as const;
  const contacts = actions.map(
    ({ id }, at): LiveContact => ({
      actionId: id,
      channel: CHANNELS[at % CHANNELS.length] ?? 'AGENT',
      presentedOn: DAY,
      expiresOn: DAY,
      ...(at % 2 === 0 && { response: 'DECLINED', respondedOn: DAY }),
    }),
  );
  return {
    consents: [
      { ...consent, purpose: 'PROFILING', state: 'OBJECTED', channel: 'ANY' },
      { ...consent, channel: 'EMAIL', expiresOn: DAY },
      { ...consent, channel: 'ANY' },
    ],
    holds: [{ kind: 'VULNERABLE', startsOn: DAY }],
    contacts,
    complainedOn: [],
    decisionId: '',
    decidedAt: '',
    businessDate: DAY,
    channel: 'AGENT',
    placement: null,
    language: 'en',
    trigger: { kind: 'QUERY' },
    authority: { upTo: 'AGENT' },
    context: {},
    first: 3,
    arm: 'TREATED',
  };
}
