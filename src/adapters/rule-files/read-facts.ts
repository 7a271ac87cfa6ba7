import { isBusinessDate } from '../../domain/business-date.ts';
import { type FactDeclaration, SCORE_FACT } from '../../domain/fact.ts';
import type { Problem } from '../../domain/result.ts';
import { type JsonFile, readJsonFile } from './json-file.ts';
import { schemaProblems } from './schemas.ts';

/** Reads the feature catalogue that all rule sets share; undefined after reporting why not. */
export async function readFacts(
  file: string,
  report: (problem: Problem) => void,
): Promise<readonly FactDeclaration[] | undefined> {
  const read = await readJsonFile(file, report);
  if (read === undefined) return undefined;
  const problems = schemaProblems('facts', read);
  if (problems.length > 0) {
    problems.forEach(report);
    return undefined;
  }
  const { facts } = read.value as { readonly facts: readonly FactDeclaration[] };
  const wrong = facts.flatMap((fact, i) =>
    wrongIn(fact, facts.slice(0, i)).map((why) => ({ why, i })),
  );
  for (const { why, i } of wrong) report(problemIn(read, i, why));
  return wrong.length > 0 ? undefined : facts;
}

interface Wrong {
  readonly member: string;
  readonly message: string;
}

function problemIn(file: JsonFile, i: number, { member, message }: Wrong): Problem {
  return file.problem(`/facts/${i}/${member}`, 'WRONG_FACT', message);
}

const PROTOTYPE_NAMES = Object.getOwnPropertyNames(Object.prototype);

function wrongIn(fact: FactDeclaration, before: readonly FactDeclaration[]): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const add = (member: string, message: string) => wrong.push({ member, message });
  if (before.some((other) => other.name === fact.name))
    add('name', `\`${fact.name}\` is declared twice: remove one`);
  if (fact.name.split('.').some((part) => PROTOTYPE_NAMES.includes(part)))
    add('name', `\`${fact.name}\` is a name of the language itself: choose another`);
  const unit = { money: 'minor', ratio: 'ppm' }[fact.type as 'money' | 'ratio'];
  const isNumber = unit !== undefined || fact.type === 'integer';
  const wantsUnit = unit ?? 'one of years, months, days, count';
  if (isNumber && (unit !== undefined ? fact.unit !== unit : !INTEGER_UNITS.includes(fact.unit)))
    add('unit', `a fact of type ${fact.type} has the unit ${wantsUnit}: write it`);
  if (!isNumber && fact.unit !== undefined) add('unit', 'only numbers have a unit: remove it');
  if (fact.values !== undefined && fact.type !== 'code' && fact.type !== 'codes')
    add('values', 'only codes have values: remove them');
  const edges = fact.edges ?? [];
  if (edges.length > 0 && (!isNumber || fact.origin !== 'SHEET'))
    add('edges', 'only numbers of origin SHEET have bins: remove the edges');
  if (edges.some((edge, k) => k > 0 && edge <= (edges[k - 1] ?? edge)))
    add('edges', 'edges rise from one to the next: order them');
  if ((fact.origin === 'SHEET') !== fact.sources.length > 0)
    add('sources', 'facts of origin SHEET name their sources, others none: correct it');
  if (fact.whenNone !== undefined && !fits(fact, fact.whenNone))
    add('whenNone', `the stand-in does not fit type ${fact.type}: correct it`);
  if (fact.name === SCORE_FACT && fact.permittedUses.includes('eligibility'))
    add('permittedUses', 'the score may never decide eligibility: remove it');
  const words = wrongWords(fact);
  if (words !== undefined) add('words', words);
  return wrong;
}

/** Placeholders are the schema's matter; here is what hangs on the fact's type and uses. */
function wrongWords({ words, type, whenNone, permittedUses }: FactDeclaration) {
  const isReason = permittedUses.includes('reason');
  if (words === undefined) {
    return isReason ? 'a fact that may be a reason needs words: write them' : undefined;
  }
  if (!isReason)
    return 'permitted uses exclude `reason`, so it may not be told: remove the words';
  const parts: { readonly [form: string]: string | undefined } = words;
  const directions = ['up', 'down', 'level'].filter((form) => parts[form] !== undefined);
  const { present, absent } = parts;
  if (present === undefined ? directions.length < 3 : directions.length > 0) {
    return 'words have either `present` or all of `up`, `down` and `level`: correct them';
  }
  if (type === 'boolean') {
    if (present === undefined || absent === undefined || present.includes('{value}'))
      return 'a boolean has the words `present` and `absent` without `{value}`: correct them';
    return undefined;
  }
  if (present !== undefined && !present.includes('{value}'))
    return '`present` tells the value of what is no boolean: write `{value}` where it stands';
  if (present === undefined && !['integer', 'money', 'ratio'].includes(type))
    return 'only numbers have a direction: write `present`';
  if (absent === undefined && whenNone !== undefined)
    return 'the fact may not be applicable: write `absent`';
  return undefined;
}

const INTEGER_UNITS: readonly (string | undefined)[] = ['years', 'months', 'days', 'count'];

function fits(fact: FactDeclaration, value: unknown): boolean {
  const mayTake = (code: unknown) =>
    typeof code === 'string' && (fact.values === undefined || fact.values.includes(code));
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'code':
      return mayTake(value);
    case 'codes':
      return Array.isArray(value) && value.every(mayTake);
    case 'date':
      return typeof value === 'string' && isBusinessDate(value);
    default:
      return Number.isSafeInteger(value);
  }
}
