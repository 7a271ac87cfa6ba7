import { Migration } from '@mikro-orm/migrations';

/** What could be spent, beside what is booked. */
export class Migration20261130800000_available extends Migration {
  override up(): void {
    this.addSql('alter table bank_balance add column available_minor bigint');
  }
}
