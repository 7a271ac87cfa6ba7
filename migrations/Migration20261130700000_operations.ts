import { Migration } from '@mikro-orm/migrations';

/** The operations that a bank lets its clients ask, by the digest of their canonical text. */
export class Migration20261130700000_operations extends Migration {
  override up(): void {
    this.addSql(`create table operation (
      digest text primary key,
      name text not null,
      body text not null,
      listed_at timestamptz not null,
      listed_by text not null
    )`);
  }
}
