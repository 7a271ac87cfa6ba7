import { RULE_KINDS } from '../../domain/rule.ts';
import type { RuleSetResolvers } from '../generated/types.ts';
import { badInput } from '../refusals.ts';

/** The rules of a loaded release. */
export const ruleSetResolvers: RuleSetResolvers = {
  name: ({ body }) => body.ruleSet.name,
  semver: ({ body }) => body.ruleSet.semver,
  owner: ({ body }) => body.ruleSet.owner,
  release: ({ digest }) => digest,
  rules: ({ body }, { kind }) => {
    if (kind != null && !RULE_KINDS.some((known) => known === kind)) {
      throw badInput('kind', `pass one of ${RULE_KINDS.join(', ')}`);
    }
    return body.rules
      .filter((rule) => kind == null || rule.kind === kind)
      .map((rule) => ({ ...rule, effect: 'effect' in rule ? rule.effect : null }));
  },
};
