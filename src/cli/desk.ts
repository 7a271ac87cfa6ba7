import type { DraftProgress, MappingDraft } from '../app/intake/drafting/draft-mapping.ts';
import type { Digest } from '../domain/digest.ts';
import type { Mapping } from '../domain/mapping.ts';
import type { Problem, Result } from '../domain/result.ts';
import type { RuleSetFiles } from '../domain/rule-set.ts';

/** What needs no database: reading what people wrote. */
export interface Desk {
  readonly readRuleSet: (folder: string) => Promise<Result<RuleSetFiles, readonly Problem[]>>;
  readonly checkCases: (ruleSet: RuleSetFiles) => Promise<readonly Problem[]>;
  readonly readMapping: (
    file: string,
  ) => Promise<
    Result<{ readonly mapping: Mapping; readonly digest: Digest }, readonly Problem[]>
  >;
  /** Of a regular file in UTF-8; a refusal says in words why not and what to do. */
  readonly readText: (path: string, mostBytes: number) => Promise<Result<string, string>>;
  /** Undefined where there is no such folder. */
  readonly draftMapping: (
    folder: string,
    onProgress: (progress: DraftProgress) => void,
  ) => Promise<MappingDraft | undefined>;
  readonly rulesFolder: string;
  readonly systemUser: string;
}
