import { join } from 'node:path';
import type { RuleReaders } from '../../app/ports/rule-reading.ts';
import type { ActionDeclaration } from '../../domain/action.ts';
import { digestOf } from '../../domain/digest.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { ok, type Problem, type Result, refuse } from '../../domain/result.ts';
import type { Condition, RuleReadingContext } from '../../domain/rule.ts';
import type { RuleSetBody, RuleSetFiles } from '../../domain/rule-set.ts';
import type { Languages } from '../../domain/spoken-languages.ts';
import { byId } from '../../domain/text-order.ts';
import { type ActionFile, checkActions } from './check-actions.ts';
import { checkForests, type ForestFile, forestsOf } from './check-forests.ts';
import { type ReportProblem, readAs } from './collected.ts';
import { readJsonFile } from './json-file.ts';
import { type FolderList, listFolder } from './list-folder.ts';
import { readCases } from './read-cases.ts';
import { readFacts } from './read-facts.ts';
import { type Policies, readPolicies } from './read-policies.ts';
import { readRules } from './read-rules.ts';
import { schemaProblems } from './schemas.ts';

type SetHead = RuleSetBody['ruleSet'] &
  Pick<RuleSetBody, 'consentBasis' | 'channels'> & {
    readonly languages: Languages;
    readonly reportingCurrency: string;
  };

/**
 * Reads a rule-set folder whole: everything of a release but forests and engine version, in one
 * order whatever the order of files; or every problem found, in the order of files and lines.
 */
export async function readRuleSet(
  folder: string,
  readers: RuleReaders,
): Promise<Result<RuleSetFiles, readonly Problem[]>> {
  const problems: Problem[] = [];
  const report: ReportProblem = (problem) => problems.push(problem);
  const list = await listFolder(folder, report);
  const facts = await readFacts(join(folder, '..', 'facts.json'), report);
  const head = await readAs<SetHead>('ruleset', join(folder, 'ruleset.json'), {
    currency: '',
    report,
  });
  // Without a catalogue or a currency every other file would be refused for no fault of its own.
  if (facts === undefined || head === undefined) return refuse(inOrder(problems));
  const read = await readParts(folder, { list, facts, head: head.value, readers, report });
  if (read === undefined || problems.length > 0) return refuse(inOrder(problems));
  const { body, forests, cases } = read;
  return ok({ folder, digest: digestOf({ body, forests, cases }), body, forests, cases });
}

async function readParts(
  folder: string,
  {
    list,
    facts,
    head,
    readers,
    report,
  }: {
    readonly list: FolderList;
    readonly facts: readonly FactDeclaration[];
    readonly head: SetHead;
    readonly readers: RuleReaders;
    readonly report: ReportProblem;
  },
): Promise<Pick<RuleSetFiles, 'body' | 'forests' | 'cases'> | undefined> {
  const currency = head.reportingCurrency;
  const bare: RuleReadingContext = { facts, reportingCurrency: currency, namedConditions: {} };
  const namedConditions = await readConditions(folder, { context: bare, readers, report });
  if (namedConditions === undefined) return undefined;
  const context = { ...bare, namedConditions };
  const how = { currency, report };
  const forestFile: ForestFile | undefined = await readAs(
    'forests',
    join(folder, 'forests.json'),
    how,
  );
  const forests = forestFile === undefined ? [] : forestsOf(forestFile);
  const actionFiles: ActionFile[] = [];
  for (const path of list.actions) {
    const file: ActionFile | undefined = await readAs('actions', path, how);
    if (file !== undefined) actionFiles.push(file);
  }
  const actions = actionFiles.flatMap(({ value }) => value.actions).toSorted(byId);
  // A refused action file would make every reference to its actions look wrong.
  if (forestFile === undefined || actionFiles.length < list.actions.length) return undefined;
  const { channels, languages } = head;
  checkActions(actionFiles, { facts, forests, channels, languages }, report);
  checkForests(forestFile, { facts, actions }, report);
  const policies = await readPolicies(folder, { readers, context, actions, report });
  const rules = await readRules(list.rules, { readers, context, actions, forests }, report);
  const cases = await readCases(list.cases, { readers, facts, currency, report });
  reportOrphans(list, report);
  const body = bodyOf(head, { facts, namedConditions, rules, actions }, policies);
  return body && { body, forests, cases };
}

async function readConditions(
  folder: string,
  {
    context,
    readers,
    report,
  }: {
    readonly context: RuleReadingContext;
    readonly readers: RuleReaders;
    readonly report: ReportProblem;
  },
): Promise<{ readonly [name: string]: Condition } | undefined> {
  const file = await readJsonFile(join(folder, 'conditions.json'), report);
  if (file === undefined) return undefined;
  const wrong = schemaProblems('conditions', file);
  wrong.forEach(report);
  if (wrong.length > 0) return undefined;
  const { conditions: written } = file.value as { readonly conditions: unknown };
  const { conditions, problems } = readers.readNamedConditions(written, context);
  for (const { at, code, message } of problems)
    report(file.problem(`/conditions${at}`, code, message));
  // A rule that names a refused condition is not itself wrong: nothing is read on.
  return problems.length > 0 ? undefined : conditions;
}

function reportOrphans({ rules, cases }: FolderList, report: ReportProblem): void {
  const there = new Set(rules);
  for (const file of cases) {
    if (there.has(file.replace(/\.cases\.json$/, '.json'))) continue;
    const message = 'these cases have no rule beside them: rename or remove the file';
    report({ file, at: '', code: 'ORPHAN_CASES', message });
  }
}

function bodyOf(
  { name, semver, owner, consentBasis, channels, languages }: SetHead,
  parts: {
    readonly facts: readonly FactDeclaration[];
    readonly namedConditions: { readonly [name: string]: Condition };
    readonly rules: RuleSetBody['rules'];
    readonly actions: readonly ActionDeclaration[];
  },
  { contactPolicy, arbitration, rollout, rates, ageLimits }: Policies,
): RuleSetBody | undefined {
  if (contactPolicy === undefined || arbitration === undefined || rollout === undefined)
    return undefined;
  if (rates === undefined || ageLimits === undefined) return undefined;
  const ruleSet = { name, semver, owner };
  const policies = { contactPolicy, arbitration, rollout, rates, ageLimits };
  return { ruleSet, ...parts, ...policies, consentBasis, channels, languages };
}

/** By file and line, as a reader works through them. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0);
  });
}
