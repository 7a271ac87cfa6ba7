import { Migration } from '@mikro-orm/migrations';

/** Arrangements that are neither open nor closed. */
export class Migration20261130700000_statuses extends Migration {
  override up(): void {
    for (const statement of STATUSES) this.addSql(statement);
  }
}

const STATUSES = [
  'alter table bank_arrangement drop constraint bank_arrangement_status_check',
  `alter table bank_arrangement add constraint bank_arrangement_status_check check (status in (
    'OPEN', 'CLOSED', 'DORMANT', 'BLOCKED', 'IN_ARREARS', 'WRITTEN_OFF', 'PENDING'
  ))`,
];
