import { capsuleDictionary } from '../../src/adapters/postgres/bodies/capsule-dictionary.ts';
import { sheetDictionary } from '../../src/adapters/postgres/bodies/sheet-dictionary.ts';
import type { DictionaryText } from '../../src/adapters/postgres/bodies/vocabulary.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Candidate, Capsule } from '../../src/domain/decision.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import { columnCharacter, DIGEST } from './simpler-forms.ts';

/** What a text form starts from. */
export interface TextPreset {
  readonly preset: string;
  readonly words: readonly string[];
}

/**
 * A capsule in text, out of what the dictionary of codec 1 holds. Written out it is half as long
 * again as deflate can look back, so that here the rarest stands first and is cut off: of six
 * orders tried on the demo bank this one is the best.
 */
export function capsulePreset(release: ReleaseBody, digest: string): TextPreset {
  const { likely, words } = dictionaryText(capsuleDictionary(release, digest));
  const whole = likely.at(-1) as Capsule;
  const { candidates } = whole.decision;
  const where = (test: (one: Candidate) => boolean) => textOf(candidates.filter(test));
  const isOfRule = ({ withheld }: Candidate) =>
    ['ELIGIBILITY', 'SUPPRESSION'].includes(withheld?.stage ?? '');
  const isOfEngine = (one: Candidate) =>
    one.withheld !== undefined && !isOfRule(one) && one.withheld.rule !== 'consent.none';
  const isExplained = ({ propensity }: Candidate) => propensity?.contributions !== undefined;
  const [before = '', after = ''] = aroundCandidates(whole);
  const preset = [
    where(isOfEngine),
    release.actions.flatMap(({ treatments }) => treatments.map(({ id }) => `"${id}",`)).join(''),
    where((one) => one.rank !== undefined && !isExplained(one)),
    where(isExplained),
    textOf(withoutTreatment(release)),
    where(isOfRule),
    after,
    before,
  ].join('');
  return { preset, words };
}

/** The text before and after the candidates, with the characters of columns and digests. */
function aroundCandidates(capsule: Capsule): readonly string[] {
  const { decision, live } = capsule;
  const named = {
    ...capsule,
    customer: columnCharacter(1),
    snapshotAddress: `hmac:${DIGEST}`,
    live: { ...live, decisionId: columnCharacter(0), decidedAt: columnCharacter(2) },
    decision: { ...decision, candidates: ['|'], traceDigest: `sha256:${DIGEST}` },
  };
  return asTheyAre(canonicalText(named)).split('"|"');
}

function asTheyAre(text: string): string {
  return [columnCharacter(0), columnCharacter(1), columnCharacter(2), DIGEST].reduce(
    (one, character) => one.replaceAll(JSON.stringify(character).slice(1, -1), character),
    text,
  );
}

/** The commonest of all: an action has no treatment in the channel. */
function withoutTreatment({ actions, channels }: ReleaseBody): readonly unknown[] {
  return actions.map(({ id }, at) => ({
    actionId: id,
    outcome: 'WITHHELD',
    treatmentId: null,
    withheld: {
      reasonCode: 'NO_TREATMENT_HERE',
      rule: 'catalogue.channel',
      seen: {
        'live.channel': channels[at % channels.length],
        'live.language': 'en',
        'live.placement': null,
        'live.trigger': 'QUERY',
      },
      stage: 'CATALOGUE',
    },
  }));
}

function textOf(candidates: readonly unknown[]): string {
  return candidates.map((one) => `${canonicalText(one)},`).join('');
}

/** A sheet that names each fact, and a snapshot. */
export function sheetPreset(factNames: readonly string[]): TextPreset {
  const { likely, words } = dictionaryText(sheetDictionary(factNames));
  return { preset: likely.map(canonicalText).join(''), words };
}

function dictionaryText(bytes: Uint8Array): DictionaryText {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as DictionaryText;
}
