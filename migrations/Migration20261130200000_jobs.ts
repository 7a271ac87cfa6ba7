import { Migration } from '@mikro-orm/migrations';

/** What jobs leave for a person to see; the queues themselves are made by their library. */
export class Migration20261130200000_jobs extends Migration {
  override up(): void {
    for (const statement of DISAGREEMENTS) this.addSql(statement);
  }
}

/** Whatever is found twice is kept once, and nothing here is ever changed. */
const DISAGREEMENTS = [
  `create table rule_disagreement (
    decision_id uuid not null,
    rule text not null,
    found_at timestamptz not null,
    primary key (decision_id, rule)
  )`,
  'create index rule_disagreement_found on rule_disagreement (found_at)',
];
