import { Migration } from '@mikro-orm/migrations';

/** Times in which something was lost that has been told since: a look back into one knows less. */
export class Migration20261201000000_mended_losses extends Migration {
  override up(): void {
    for (const statement of MENDED_LOSSES) this.addSql(statement);
  }
}

const MENDED_LOSSES = [
  // Of nobody in particular where a lost record might have been anybody's.
  `create table mended_loss (
    party_id text,
    part text not null,
    system text not null,
    since timestamptz not null,
    until timestamptz not null
  )`,
  // How far the system's world reached when it lost something: where it reaches no further now,
  // the same was delivered again, and nothing was unknown in between.
  'alter table watermark add column spoilt_as_of timestamptz',
  'alter table source add column spoilt_as_of timestamptz',
  'create index mended_loss_by_party on mended_loss (party_id)',
];
