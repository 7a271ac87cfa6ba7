import type { ActionDeclaration, TermsDeclaration, Treatment } from '../../domain/action.ts';
import type { Channel } from '../../domain/channel.ts';
import { type FactDeclaration, mayGiveAmount } from '../../domain/fact.ts';
import { ONE_PPM } from '../../domain/ppm.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { isToldToTheBank, type Languages } from '../../domain/spoken-languages.ts';
import { type Read, type ReportProblem, reportRepeated } from './collected.ts';

/** One of the files in a rule set's folder `actions`. */
export type ActionFile = Read<{ readonly actions: readonly ActionDeclaration[] }>;

/** What actions refer to. */
interface ActionReferences {
  readonly facts: readonly FactDeclaration[];
  readonly forests: readonly ForestDeclaration[];
  readonly channels: readonly Channel[];
  readonly languages: Languages;
}

/** Reports what is wrong in actions although each member is well formed. */
export function checkActions(
  files: readonly ActionFile[],
  references: ActionReferences,
  report: ReportProblem,
): void {
  const placed = files.flatMap(({ value, file }) =>
    value.actions.map((action, i) => ({ action, at: `/actions/${i}`, file })),
  );
  reportRepeated(
    placed.map(({ action, at, file }) => ({ name: action.id, at: `${at}/id`, file })),
    report,
  );
  const treatments = placed.flatMap(({ action, at, file }) =>
    action.treatments.map(({ id }, i) => ({ name: id, at: `${at}/treatments/${i}/id`, file })),
  );
  reportRepeated(treatments, report);
  const issues = new Map<string, string>();
  for (const { action, at, file } of placed) {
    const issue = issues.get(action.group) ?? action.issue;
    issues.set(action.group, issue);
    const wrong = [
      ...wrongInAction(action, references),
      ...(issue === action.issue
        ? []
        : [
            {
              at: '/issue',
              message: `group \`${action.group}\` belongs to \`${issue}\`: choose one`,
            },
          ]),
    ];
    for (const { at: inner, message } of wrong)
      report(file.problem(at + inner, 'WRONG_ACTION', message));
  }
}

interface Wrong {
  readonly at: string;
  readonly message: string;
}

function wrongInAction(
  action: ActionDeclaration,
  references: ActionReferences,
): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const add = (at: string, message: string) => wrong.push({ at, message });
  if ((action.purpose === 'MARKETING') !== (action.legalBasis === 'CONSENT'))
    add('/legalBasis', 'MARKETING needs CONSENT, and nothing else does: state another basis');
  if (action.validTo !== undefined && action.validTo < action.validFrom)
    add('/validTo', 'it ends before it begins: correct the dates');
  for (const [i, treatment] of action.treatments.entries()) {
    const { channel } = treatment;
    if (!references.channels.includes(channel))
      add(`/treatments/${i}/channel`, `\`${channel}\` is no channel of ruleset.json: add it`);
    const unsaid = wrongInWords(treatment, references.languages);
    if (unsaid !== undefined) add(`/treatments/${i}/text`, unsaid);
  }
  const { propensity } = action;
  if (propensity.priorPpm < 0 || propensity.priorPpm > ONE_PPM)
    add('/propensity/prior', 'a probability lies between 0 % and 100 %: correct it');
  if (propensity.kind === 'FOREST') {
    const forest = references.forests.find(({ id }) => id === propensity.forest);
    const message = wrongForest(action, propensity.forest, forest);
    if (message !== undefined) add('/propensity/forest', message);
  }
  wrong.push(...wrongInTerms(action.terms, references.facts));
  return wrong;
}

/** Words that everybody in the channel can read must be among them. */
function wrongInWords({ channel, text }: Treatment, languages: Languages): string | undefined {
  const toTheBank = isToldToTheBank(channel);
  const language = toTheBank ? languages.working : languages.default;
  if (Object.hasOwn(text, language)) return undefined;
  const of = toTheBank ? 'working' : 'default';
  return `\`${channel}\` needs words in \`${language}\`, the ${of} language: add them`;
}

function wrongForest(
  action: ActionDeclaration,
  name: string,
  forest: ForestDeclaration | undefined,
): string | undefined {
  if (forest === undefined) return `\`${name}\` is not in forests.json: declare it there`;
  const { scope, id } = forest.predictsFor;
  if ((scope === 'ACTION' ? action.id : action.group) === id) return undefined;
  return `\`${name}\` predicts for ${scope.toLowerCase()} \`${id}\`: choose another`;
}

function wrongInTerms(
  terms: TermsDeclaration,
  facts: readonly FactDeclaration[],
): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const add = (at: string, message: string) => wrong.push({ at: `/terms/${at}`, message });
  const { amount, rate, fee } = terms;
  if (amount !== undefined) {
    const { fact, fixedMinor = amount.floorMinor, floorMinor, ceilingMinor, stepMinor } = amount;
    if (outside(fixedMinor, floorMinor, ceilingMinor)) add('amount', ORDER);
    if (floorMinor < 0 || stepMinor <= 0)
      add('amount', 'floor is not negative, step is positive');
    if (amount.factorPpm !== undefined && amount.factorPpm <= 0)
      add('amount/factor', 'the factor is above 0 %: correct it');
    const declared = facts.find(({ name }) => name === fact);
    if (fact !== undefined && (declared === undefined || !mayGiveAmount(declared)))
      add('amount/fact', `\`${fact}\` is no money fact of the bank's for pricing: name one`);
  }
  if (rate !== undefined && outside(rate.basePpm, rate.floorPpm, rate.ceilingPpm))
    add('rate', ORDER);
  if (fee !== undefined && outside(fee.baseMinor, fee.floorMinor, fee.ceilingMinor))
    add('fee', ORDER);
  if (fee !== undefined && fee.floorMinor < 0) add('fee/floor', 'a fee is not negative');
  return wrong;
}

const ORDER = 'floor, base and ceiling are not in this order: correct them';

function outside(value: number, floor: number, ceiling: number): boolean {
  return value < floor || value > ceiling;
}
