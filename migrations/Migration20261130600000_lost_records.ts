import { Migration } from '@mikro-orm/migrations';

/** What refused rows were about, which stays unknown until it is told whole. */
export class Migration20261130600000_lost_records extends Migration {
  override up(): void {
    for (const statement of LOST_RECORDS) this.addSql(statement);
  }
}

const LOST_RECORDS = [
  // By whom a record was about, since whose that is may be told only later.
  `create table lost_record (
    system text not null,
    part text not null,
    subject text not null,
    subject_id text not null,
    since timestamptz not null,
    primary key (system, part, subject, subject_id)
  )`,
  // A lost record may be anybody's, also of a customer who is yet to come.
  'alter table source add column spoilt_since timestamptz',
];
