import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { loadMappingFile } from '../adapters/extracts/mapping-file.ts';
import { checkCases } from '../adapters/rule-files/check-cases.ts';
import { readRuleSet } from '../adapters/rule-files/read-rule-set.ts';
import { referenceVerdict } from '../adapters/rules-reference/reference-verdict.ts';
import type { RuleEvaluators, RuleReaders } from '../app/ports/rule-reading.ts';
import type { Desk } from '../cli/workbench.ts';
import { compiledVerdict } from '../engine/rules/compile-rule.ts';
import { readNamedConditions, readWeightConditions } from '../engine/rules/read-conditions.ts';
import { readFactValue } from '../engine/rules/read-fact-value.ts';
import { readRule } from '../engine/rules/read-rule.ts';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../..');

const readers: RuleReaders = {
  readRule,
  readNamedConditions,
  readWeightConditions,
  readFactValue,
};

/** Both evaluators: the compiled one decides, the reference one holds it honest. */
export const evaluators: RuleEvaluators = { compiledVerdict, referenceVerdict };

/** Reading what people wrote, with the engine's own strictness. */
export const desk: Desk = {
  readRuleSet: (folder) => readRuleSet(folder, readers),
  checkCases: (ruleSet) => checkCases(ruleSet, { ...evaluators, readFactValue }),
  readMapping: loadMappingFile,
  rulesFolder: join(ROOT, 'rules'),
  systemUser: userInfo().username,
};
