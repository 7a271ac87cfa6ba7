import { Migration } from '@mikro-orm/migrations';

/** One way in: sources, watermarks and coverage by the system that gives them. */
export class Migration20261130100000_intake extends Migration {
  override up(): void {
    for (const statement of ALL) this.addSql(statement);
  }
}

/** A live core has no `as_of` for the whole bank: it answers for one customer at a time. */
const SOURCES = [
  'alter table source drop constraint source_pkey',
  'alter table source add primary key (part, system)',
  'alter table source alter column as_of drop not null',
];

/** Until now one system fed a part: what moved was that system's. */
const WATERMARKS = [
  'alter table watermark drop constraint watermark_pkey',
  "alter table watermark add column system text not null default ''",
  'alter table watermark add column as_of timestamptz',
  'alter table watermark add column read_at timestamptz',
  'alter table watermark add column answered_since timestamptz',
  'alter table watermark add column spoilt_since timestamptz',
  'alter table watermark add column core_version text',
  'update watermark w set system = s.system from source s where s.part = w.part',
  'alter table watermark alter column system drop default',
  'alter table watermark add primary key (party_id, part, system)',
];

const COVERAGE = [
  "alter table bank_coverage add column system text not null default ''",
  "update bank_coverage set system = s.system from source s where s.part = 'transactions'",
  'alter table bank_coverage drop constraint bank_coverage_pkey',
  `alter table bank_coverage
    add primary key (entity, arrangement_id, covered_from, system, recorded_at)`,
];

/** Whose a record is that ends when its system no longer lists it. */
const OF_SYSTEM = [
  ['bank_role', 'arrangements'],
  ['bank_hold', 'holds'],
  ['bank_consent', 'consents'],
].flatMap(([table, part]) => [
  `alter table ${table} add column system text not null default ''`,
  `update ${table} set system = s.system from source s where s.part = '${part}'`,
]);

/** Who somebody is lies apart from what decides, so that it can be encrypted and erased alone. */
const IDENTITY = [
  `create table bank_party_identity (
    party_id text not null,
    given_name text,
    family_name text,
    organisation_name text,
    birth_date date,
    email text,
    phone text,
    recorded_at timestamptz not null,
    primary key (party_id, recorded_at)
  )`,
  `create table bank_arrangement_identity (
    arrangement_id text not null,
    account_number text,
    recorded_at timestamptz not null,
    primary key (arrangement_id, recorded_at)
  )`,
  `insert into bank_party_identity
    select party_id, given_name, family_name, organisation_name, birth_date, email, phone,
      recorded_at
    from bank_party
    where num_nonnulls(given_name, family_name, organisation_name, birth_date, email, phone) > 0`,
  'alter table bank_party add column birth_month date',
  "update bank_party set birth_month = date_trunc('month', birth_date)",
  `alter table bank_party drop column given_name, drop column family_name,
    drop column organisation_name, drop column birth_date, drop column email, drop column phone`,
  // A dropped column stays in the rows until they are written anew.
  'cluster bank_party using bank_party_pkey',
];

const ALL = [...SOURCES, ...WATERMARKS, ...COVERAGE, ...OF_SYSTEM, ...IDENTITY];
