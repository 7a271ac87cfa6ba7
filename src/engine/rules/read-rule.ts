import { below } from '../../domain/json-pointer.ts';
import { isEngineReason } from '../../domain/reason-code.ts';
import {
  type Condition,
  RULE_KINDS,
  type RuleDocument,
  type RuleKind,
  type RuleReadingContext,
  type RuleScope,
} from '../../domain/rule.ts';
import { type ConditionUse, checkUses } from './check-uses.ts';
import { checkMembers, isObject, type JsonObject, member, quoted } from './closed-object.ts';
import { expand } from './expand.ts';
import { readRootCondition } from './read-condition.ts';
import { readApprovalEffect, readBundleEffect, readPricingEffect } from './read-effect.ts';
import type { Report, RuleProblem } from './rule-problem.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** The rule, or undefined and every problem that was found. */
interface RuleReading {
  readonly rule?: RuleDocument;
  readonly problems: readonly RuleProblem[];
}

const REQUIRED = ['id', 'kind', 'appliesTo', 'reason', 'conditions', 'owner'] as const;
const ID = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
const TREATMENT_ID = /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/;
const REASON_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;
/** Control characters and bidirectional marks, which make a text look different from itself. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Reads one rule file's document strictly: what is not understood is refused, never ignored. */
export function readRule(document: unknown, context: RuleReadingContext): RuleReading {
  const problems: RuleProblem[] = [];
  const report: Report = (at, code, message) => problems.push({ at, code, message });
  if (!isObject(document)) {
    report('', 'NOT_A_RULE', 'a rule is one object: see rules/rule.schema.json');
    return { problems };
  }
  const kind = readKind(document, report);
  const optional = hasEffect(kind) ? [] : ['effect'];
  const required = hasEffect(kind) ? [...REQUIRED, 'effect'] : REQUIRED;
  checkMembers(
    document,
    { required, optional: kind === undefined ? [...optional, '$schema'] : ['$schema'] },
    { at: '', report },
  );
  const common = {
    id: readText(document, 'id', { pattern: ID, wanted: 'words joined by hyphens', report }),
    appliesTo: readScope(member(document, 'appliesTo'), report),
    reason: readReason(member(document, 'reason'), report),
    owner: readText(document, 'owner', { pattern: /^\S.{0,99}$/u, wanted: 'a name', report }),
  };
  const vocabulary = vocabularyOf(context);
  const place = { at: '/conditions', report };
  const conditions = Object.hasOwn(document, 'conditions')
    ? readRootCondition(document.conditions, vocabulary, place)
    : undefined;
  const effect = kind === undefined ? undefined : readEffect(kind, document, report);
  if (conditions !== undefined && kind !== undefined) {
    const { pricingMayReadScore = false } = context;
    const level = effect !== undefined && 'level' in effect ? { level: effect.level } : {};
    checkUse(conditions, { use: kind, pricingMayReadScore, ...level }, { vocabulary, report });
  }
  if (problems.length > 0 || conditions === undefined || kind === undefined) return { problems };
  const { id, appliesTo, reason, owner } = common;
  const rule = { id, kind, appliesTo, reason, conditions, owner, ...(effect && { effect }) };
  return { rule: rule as RuleDocument, problems };
}

/** Follows named conditions and checks every fact for the use that is made of it. */
export function checkUse(
  conditions: Condition,
  use: ConditionUse,
  {
    vocabulary,
    report,
    at = '/conditions',
  }: { readonly vocabulary: Vocabulary; readonly report: Report; readonly at?: string },
): void {
  const expansion = expand(conditions, vocabulary, at);
  if (expansion.ok) checkUses(expansion.leaves, use, { vocabulary, report });
  else report(at, expansion.code, expansion.message);
}

function readKind(document: JsonObject, report: Report): RuleKind | undefined {
  const written = member(document, 'kind');
  const kind = RULE_KINDS.find((known) => known === written);
  if (kind === undefined && written !== undefined)
    report('/kind', 'UNKNOWN_KIND', `no such kind: use one of ${quoted(RULE_KINDS)}`);
  return kind;
}

function hasEffect(kind: RuleKind | undefined): boolean {
  return kind === 'pricing' || kind === 'bundle' || kind === 'approval';
}

function readEffect(kind: RuleKind, document: JsonObject, report: Report) {
  if (!hasEffect(kind) || !Object.hasOwn(document, 'effect')) return undefined;
  const place = { at: '/effect', report };
  if (kind === 'pricing') return readPricingEffect(document.effect, place);
  if (kind === 'bundle') return readBundleEffect(document.effect, place);
  return readApprovalEffect(document.effect, place);
}

function readText(
  object: JsonObject,
  name: string,
  how: {
    readonly pattern: RegExp;
    readonly wanted: string;
    readonly report: Report;
    readonly at?: string;
  },
): string {
  const text = member(object, name);
  if (text === undefined) return '';
  const fits = typeof text === 'string' && text.length <= 400 && how.pattern.test(text);
  if (fits && !HIDDEN.test(text)) return text;
  how.report(
    below(how.at ?? '', name),
    'WRONG_VALUE',
    `not as it should be: write ${how.wanted}`,
  );
  return '';
}

function readScope(document: unknown, report: Report): RuleScope {
  if (document === undefined) return {};
  const at = '/appliesTo';
  if (!isObject(document)) {
    report(at, 'WRONG_VALUE', 'write an object, `{}` for every action');
    return {};
  }
  const members = ['issue', 'group', 'action', 'treatment'] as const;
  checkMembers(document, { required: [], optional: members }, { at, report });
  const scope: { [name in (typeof members)[number]]?: string } = {};
  for (const name of members) {
    if (!Object.hasOwn(document, name)) continue;
    const pattern = name === 'treatment' ? TREATMENT_ID : ID;
    const wanted = 'an identifier of the action catalogue';
    scope[name] = readText(document, name, { pattern, wanted, report, at });
  }
  return scope;
}

function readReason(document: unknown, report: Report): { code: string; text: string } {
  const at = '/reason';
  if (document === undefined) return { code: '', text: '' };
  if (!isObject(document)) {
    report(at, 'WRONG_VALUE', 'write an object with `code` and `text`');
    return { code: '', text: '' };
  }
  checkMembers(document, { required: ['code', 'text'] }, { at, report });
  const code = readText(document, 'code', {
    pattern: REASON_CODE,
    wanted: 'upper-case words joined by underscores',
    report,
    at,
  });
  if (isEngineReason(code))
    report('/reason/code', 'RESERVED_CODE', `\`${code}\` is the engine's own: choose another`);
  const wanted = 'one sentence of at most 400 characters';
  return { code, text: readText(document, 'text', { pattern: /^\S.*$/u, wanted, report, at }) };
}
