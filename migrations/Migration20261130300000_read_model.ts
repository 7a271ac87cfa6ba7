import { Migration } from '@mikro-orm/migrations';

/**
 * Narrow, typed rows for questions over many decisions. They are derived from capsules and fact
 * sheets and can be made again from these, so nothing rests on them as evidence.
 */
export class Migration20261130300000_read_model extends Migration {
  override up(): void {
    for (const statement of READ_MODEL) this.addSql(statement);
  }
}

const READ_MODEL = [
  `create table decision_outcome (
    id uuid primary key,
    customer_id uuid not null,
    release_id integer not null,
    business_date date not null,
    channel integer not null,
    trigger integer not null,
    in_control boolean not null,
    candidates integer[] not null,
    scores integer[] not null,
    expected_values bigint[] not null
  ) partition by range (id)`,
  `create table sheet_bins (
    customer_id uuid not null,
    address bytea not null,
    catalogue integer not null,
    business_date date not null,
    bins bytea not null,
    primary key (customer_id, address)
  )`,
];
