import { STAGES } from '../../domain/decision.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import type { Name } from './code-book.ts';

/** The names of a release that decisions are found by, each once. */
export function namesOf(body: ReleaseBody): readonly Name[] {
  const rules = [...body.rules, ...body.contactPolicy.caps].map(({ id }) => id);
  return [
    ...body.actions.map(({ id }): Name => ({ kind: 'action', name: id })),
    ...STAGES.map((name): Name => ({ kind: 'stage', name })),
    ...[...new Set(rules)].map((name): Name => ({ kind: 'rule', name })),
  ];
}
