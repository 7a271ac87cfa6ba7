import { basename } from 'node:path';
import type { RuleReaders } from '../../app/ports/rule-reading.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import type { RuleCase } from '../../domain/rule.ts';
import { type Read, type ReportProblem, readAs, reportRepeated } from './collected.ts';
import { readTogether } from './json-file.ts';

/** Reads the analysts' examples by rule id, each fact of its declared type. */
export async function readCases(
  files: readonly string[],
  {
    readers,
    facts,
    currency,
    report,
  }: {
    readonly readers: RuleReaders;
    readonly facts: readonly FactDeclaration[];
    readonly currency: string;
    readonly report: ReportProblem;
  },
): Promise<{ readonly [rule: string]: readonly RuleCase[] }> {
  const cases: [string, readonly RuleCase[]][] = [];
  const how = { currency, report };
  const all = await readTogether(files, (path) =>
    readAs<{ readonly cases: readonly RuleCase[] }>('cases', path, how),
  );
  for (const [i, read] of all.entries()) {
    if (read === undefined) continue;
    checkFacts(read, { readers, facts, currency, report });
    cases.push([basename(files[i] ?? '', '.cases.json'), read.value.cases]);
  }
  return Object.fromEntries(cases);
}

function checkFacts(
  { value, file }: Read<{ readonly cases: readonly RuleCase[] }>,
  {
    readers,
    facts,
    currency,
    report,
  }: {
    readonly readers: RuleReaders;
    readonly facts: readonly FactDeclaration[];
    readonly currency: string;
    readonly report: ReportProblem;
  },
): void {
  const named = value.cases.map(({ name }, i) => ({ name, at: `/cases/${i}/name`, file }));
  reportRepeated(named, report);
  for (const [i, one] of value.cases.entries()) {
    for (const [name, written] of Object.entries(one.facts)) {
      const at = `/cases/${i}/facts/${name}`;
      const fact = facts.find((known) => known.name === name);
      if (fact === undefined) {
        const message = `\`${name}\` is not declared: name a fact of the feature catalogue`;
        report(file.problem(at, 'UNKNOWN_FACT', message));
      } else if (written !== null) {
        const reading = readers.readFactValue(fact, written, currency);
        if (!reading.ok) report(file.problem(at, 'WRONG_VALUE', reading.message));
      }
    }
  }
}
