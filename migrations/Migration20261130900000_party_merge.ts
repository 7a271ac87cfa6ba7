import { Migration } from '@mikro-orm/migrations';

/** Numbers of which one customer came to have several. */
export class Migration20261130900000_party_merge extends Migration {
  override up(): void {
    for (const statement of PARTY_MERGE) this.addSql(statement);
  }
}

const PARTY_MERGE = [
  `create table bank_party_merge (
    party_id text not null,
    survivor_id text not null,
    recorded_at timestamptz not null,
    primary key (party_id, recorded_at)
  )`,
  // The key answers in whom a number lives on; from here is read which numbers live on in one.
  'create index bank_party_merge_survivor on bank_party_merge (survivor_id)',
];
