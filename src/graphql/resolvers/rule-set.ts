import type { RuleSetResolvers } from '../generated/types.ts';

/** The rules of a loaded release. */
export const ruleSetResolvers: RuleSetResolvers = {
  name: ({ body }) => body.ruleSet.name,
  semver: ({ body }) => body.ruleSet.semver,
  owner: ({ body }) => body.ruleSet.owner,
  release: ({ digest }) => digest,
  rules: ({ body }, { kind }) =>
    body.rules
      .filter((rule) => kind == null || rule.kind === kind)
      .map((rule) => ({ ...rule, effect: 'effect' in rule ? rule.effect : null })),
};
