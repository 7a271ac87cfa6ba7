import { Migration } from '@mikro-orm/migrations';

/** Records that a core no longer tells: whose they were, and a version that withdraws them. */
export class Migration20261130500000_withdrawn extends Migration {
  override up(): void {
    for (const statement of [...OF_SYSTEM, ...WITHDRAWN]) this.addSql(statement);
  }
}

/** A record of before is the system's that alone fed the part; where several did, nobody's. */
const OF_SYSTEM = [
  ['bank_party', 'profile'],
  ['bank_household_member', 'household'],
  ['bank_balance', 'arrangements'],
  ['bank_transaction', 'transactions'],
  ['bank_goal', 'goals'],
  ['bank_relationship_value', 'relationshipValue'],
].flatMap(([table, part]) => [
  `alter table ${table} add column system text not null default ''`,
  `update ${table} set system = s.system
    from (select min(system) as system from source where part = '${part}'
      having count(*) = 1) s`,
]);

const WITHDRAWN = [
  'bank_party',
  'bank_household_member',
  'bank_balance',
  'bank_transaction',
  'bank_goal',
  'bank_relationship_value',
  'bank_coverage',
].map((table) => `alter table ${table} add column withdrawn boolean`);
