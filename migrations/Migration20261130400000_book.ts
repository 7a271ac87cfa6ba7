import { Migration } from '@mikro-orm/migrations';

/** The book: which relationship manager has which customer. */
export class Migration20261130400000_book extends Migration {
  override up(): void {
    for (const statement of BOOK) this.addSql(statement);
  }
}

const BOOK = [
  `create table bank_relationship_manager (
    party_id text not null,
    manager_id text not null,
    starts_on date not null,
    ends_on date,
    recorded_at timestamptz not null,
    primary key (party_id, recorded_at)
  )`,
  // A manager's customers are listed from here; the key answers for one customer.
  `create index bank_relationship_manager_book
    on bank_relationship_manager (manager_id, party_id)`,
];
