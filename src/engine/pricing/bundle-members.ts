import type { RuleDocument } from '../../domain/rule.ts';

/** The actions a bundle binds: those it names, and the one it applies to if it is one. */
export function bundleMembers(rule: RuleDocument): readonly string[] {
  if (rule.kind !== 'bundle') return [];
  const { action } = rule.appliesTo;
  return action === undefined ? rule.effect.with : [...new Set([...rule.effect.with, action])];
}
