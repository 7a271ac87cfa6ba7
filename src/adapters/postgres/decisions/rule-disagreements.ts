import type { RuleDisagreements } from '../../../app/ports/rule-disagreements.ts';
import type { Database } from '../connection/pool.ts';

/** The findings of the second evaluator in the table `rule_disagreement`. */
export function createRuleDisagreements(database: Database): RuleDisagreements {
  return {
    async record(found, at) {
      await database.query(
        `insert into rule_disagreement (decision_id, rule, found_at)
         select decision_id, rule, $3 from unnest($1::uuid[], $2::text[]) as f(decision_id, rule)
         on conflict do nothing`,
        [found.map(({ decisionId }) => decisionId), found.map(({ rule }) => rule), at],
      );
    },
  };
}
