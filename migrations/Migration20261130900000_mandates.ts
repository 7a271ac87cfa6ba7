import { Migration } from '@mikro-orm/migrations';

/** What assistants changed by whose word: a mandate is spent by its row, once and for good. */
export class Migration20261130900000_mandates extends Migration {
  override up(): void {
    this.addSql(`create table spent_mandate (
      id text primary key,
      subject text not null,
      client text not null,
      operation text not null,
      variables text not null,
      spent_at timestamptz not null
    )`);
  }
}
