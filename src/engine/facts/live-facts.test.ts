import { describe, expect, test } from '@jest/globals';
import { SMALL_FACTS } from '../../../test/support/small-catalogue.ts';
import { smallInput } from '../../../test/support/small-input.ts';
import { loadSmall, smallBody } from '../../../test/support/small-release.ts';
import type { Deciding } from '../../domain/deciding.ts';
import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import type { LiveState } from '../../domain/live-state.ts';
import { candidateFacts } from './candidate-facts.ts';
import { customerFacts } from './live-facts.ts';

const MORE: readonly FactDeclaration[] = [
  ['contact.count30d', 'integer', false],
  ['contact.thisAction90dCount', 'integer', true],
  ['hold.vulnerable', 'boolean', false],
  ['live.trigger', 'code', false],
  ['action.group', 'code', true],
].map(([name, type, perCandidate]) => ({
  name: String(name),
  type: type === 'boolean' ? 'boolean' : type === 'code' ? 'code' : 'integer',
  description: 'made for tests',
  origin: 'LIVE',
  sources: [],
  permittedUses: ['suppression'],
  perCandidate: perCandidate === true,
}));

const RELEASE = loadSmall(smallBody({ facts: [...SMALL_FACTS, ...MORE] }));

/** One fact as the candidate `savings` has it. */
function read(name: string, live: Partial<LiveState>): FactValue | undefined {
  const input = smallInput(live);
  const facts = customerFacts(input, RELEASE);
  const deciding: Deciding = {
    input,
    release: RELEASE,
    today: input.live.businessDate,
    facts,
    codes: null,
    judge: () => 2,
  };
  const action = RELEASE.actionsById.get('savings');
  const slot = RELEASE.slots.get(name);
  if (action === undefined || slot === undefined) throw new Error(`\`${name}\` is not declared`);
  return candidateFacts(deciding, action)[slot];
}

const shown = (actionId: string, presentedOn: string, more = {}) => ({
  actionId,
  channel: 'AGENT' as const,
  presentedOn,
  ...more,
});

const CONTACTS = [
  shown('savings', '2026-08-27'),
  shown('savings', '2026-10-26', { response: 'DECLINED', respondedOn: '2026-10-30' }),
  shown('gone', '2026-10-27'),
  shown('outreach', '2026-11-17'),
  shown('loan', '2026-11-17', { expiresOn: '2026-11-23' }),
  shown('savings', '2026-11-18', { expiresOn: '2026-11-24' }),
];

describe('facts of the moment', () => {
  test.each<[string, FactValue]>([
    ['contact.count7d', 1],
    ['contact.count30d', 4],
    ['contact.daysSinceLast', 6],
    ['contact.openCount', 1],
    ['contact.thisActionOpen', true],
    ['decline.daysSinceThisAction', 25],
    ['contact.thisAction90dCount', 3],
    ['contact.thisGroup30dCount', 3],
    ['live.trigger', 'QUERY'],
    ['live.channel', 'AGENT'],
    ['action.group', 'save'],
    ['action.productRisk', 'LOW'],
    ['context.intent', 'NONE'],
  ])('%s is %s', (name, expected) => {
    expect(read(name, { contacts: CONTACTS })).toBe(expected);
  });

  test.each([
    'contact.count7d',
    'contact.daysSinceLast',
    'complaint.daysSinceLast',
    'contact.openCount',
    'contact.thisActionOpen',
    'decline.daysSinceThisAction',
    'contact.thisGroup30dCount',
  ])('%s is unavailable without a contact history, and not none', (name) => {
    expect(read(name, { contacts: null })).toBeUndefined();
  });

  test('what never happened takes the value that the catalogue states', () => {
    expect(read('contact.daysSinceLast', {})).toBe(9999);
    expect(read('complaint.daysSinceLast', {})).toBe(9999);
    expect(read('complaint.daysSinceLast', { complainedOn: null })).toBeUndefined();
    expect(read('complaint.daysSinceLast', { complainedOn: ['2026-11-20'] })).toBe(4);
    expect(read('decline.daysSinceThisAction', {})).toBe(9999);
  });

  test.each<[string, FactValue]>([
    ['contact.count7d', 1],
    ['contact.daysSinceLast', 0],
    ['contact.openCount', 1],
    ['contact.thisActionOpen', true],
    ['contact.thisAction90dCount', 1],
    ['contact.thisGroup30dCount', 1],
  ])('%s counts a contact that the business date has not reached', (name, expected) => {
    const contacts = [shown('savings', '2026-11-25', { expiresOn: '2026-12-09' })];
    expect(read(name, { contacts })).toBe(expected);
  });

  test('a no that the business date has not reached was said no day ago', () => {
    const declined = [shown('savings', '2026-11-25', { response: 'DECLINED' })];
    expect(read('decline.daysSinceThisAction', { contacts: declined })).toBe(0);
    expect(read('complaint.daysSinceLast', { complainedOn: ['2026-11-26'] })).toBe(0);
  });

  test('holds are true, false or unavailable', () => {
    const vulnerable = { kind: 'VULNERABLE', startsOn: '2026-11-26' } as const;
    expect(read('hold.vulnerable', { holds: [vulnerable] })).toBe(true);
    expect(read('hold.vulnerable', { holds: [] })).toBe(false);
    expect(read('hold.vulnerable', { holds: null })).toBeUndefined();
  });
});
