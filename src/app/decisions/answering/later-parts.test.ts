import { expect, test } from '@jest/globals';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';
import { laterParts } from './later-parts.ts';

const evidence = (unavailable: object, used: readonly string[] | undefined) => {
  const told: object = {
    snapshot: { sheet: { values: {}, notApplicable: [], unavailable } },
    release: { loaded: used && { usedFacts: new Set(used) } },
  };
  return told as DecisionEvidence;
};

const LOST = {
  'creditApplications.openCount': 'NOT_COVERED creditApplications',
  'creditApplications.openKinds': 'NOT_COVERED creditApplications',
  'goals.hasHome': 'STALE goals',
};

test.each<[string, DecisionEvidence, readonly unknown[]]>([
  [
    'with the facts that the release reads',
    evidence(LOST, ['creditApplications.openCount', 'goals.hasHome']),
    [
      {
        part: 'creditApplications',
        failure: 'NOT_COVERED',
        facts: ['creditApplications.openCount'],
      },
    ],
  ],
  ['not where it reads none of them', evidence(LOST, ['goals.hasHome']), []],
  ['not where all of it is known', evidence({}, ['creditApplications.openCount']), []],
  ['not of a release for another engine', evidence(LOST, undefined), []],
  [
    'not where the sheet is lost',
    { ...evidence(LOST, ['creditApplications.openCount']), snapshot: 'ERASED' },
    [],
  ],
])('a part that came later is told %s', (_what, given, expected) => {
  expect(laterParts(given)).toEqual(expected);
});
