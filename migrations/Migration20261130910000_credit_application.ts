import { Migration } from '@mikro-orm/migrations';

/** What customers have asked to be lent. */
export class Migration20261130910000_credit_application extends Migration {
  override up(): void {
    for (const statement of CREDIT_APPLICATION) this.addSql(statement);
  }
}

const CREDIT_APPLICATION = [
  `create table bank_credit_application (
    application_id text not null,
    party_id text not null,
    product_kind text not null,
    applied_on date not null,
    state text not null check (state in ('OPEN', 'APPROVED', 'DECLINED', 'WITHDRAWN')),
    state_since date not null,
    amount_minor bigint,
    currency text,
    recorded_at timestamptz not null,
    primary key (application_id, recorded_at)
  )`,
  'create index bank_credit_application_party on bank_credit_application (party_id)',
];
