import { Migration } from '@mikro-orm/migrations';

/** The path: what the bank handed over, snapshots, releases and decisions. */
export class Migration20261124000000_path extends Migration {
  override up(): void {
    for (const statement of [...BANK, ...BANK_RECORDS, ...EVIDENCE, ...RELEASES, ...DECISIONS]) {
      this.addSql(statement);
    }
  }
}

const BANK = [
  `create table migration_digest (
    name text primary key,
    digest text not null
  )`,
  `create table bank (
    only_one boolean primary key default true check (only_one),
    name text not null,
    mode text not null check (mode in ('DEMO', 'BANK', 'EVALUATION')),
    business_date date not null,
    reporting_currency text not null,
    created_at timestamptz not null,
    created_by text not null
  )`,
  `create table source (
    part text primary key,
    system text not null,
    as_of timestamptz not null,
    delivered_at timestamptz
  )`,
  `create table watermark (
    party_id text not null,
    part text not null,
    version bigint not null,
    primary key (party_id, part)
  )`,
  `create table import_run (
    id uuid primary key,
    mapping_name text not null,
    mapping_digest text not null,
    actor text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    rows_read bigint not null,
    rows_written bigint not null,
    rows_merged bigint not null,
    rows_refused bigint not null
  )`,
  `create table customer (
    id uuid primary key,
    party_id text not null unique,
    address_key bytea,
    created_at timestamptz not null
  )`,
];

const BANK_RECORDS = [
  `create table bank_party (
    party_id text not null,
    kind text not null check (kind in ('PERSON', 'ORGANISATION')),
    given_name text,
    family_name text,
    organisation_name text,
    birth_date date,
    sex text check (sex in ('F', 'M')),
    language text,
    segment text,
    email text,
    phone text,
    city text,
    region_code text,
    residence_country text,
    employment text,
    industry_code text,
    declared_income_minor bigint,
    income_currency text,
    customer_since date,
    identity_expires_on date,
    digital_active boolean,
    risk_rating text check (risk_rating in ('LOW', 'MEDIUM', 'HIGH')),
    recorded_at timestamptz not null,
    primary key (party_id, recorded_at)
  )`,
  `create table bank_region (
    region_code text not null,
    name text not null,
    population bigint,
    average_salary_minor bigint,
    unemployment_ppm bigint,
    urban_ppm bigint,
    entrepreneurs_per_thousand bigint,
    recorded_at timestamptz not null,
    primary key (region_code, recorded_at)
  )`,
  `create table bank_household_member (
    household_id text not null,
    party_id text not null,
    member text not null check (member in ('HEAD', 'PARTNER', 'CHILD', 'OTHER')),
    recorded_at timestamptz not null,
    primary key (party_id, household_id, recorded_at)
  )`,
  'create index bank_household_member_household on bank_household_member (household_id)',
  `create table bank_arrangement (
    arrangement_id text not null,
    product_kind text not null,
    product text not null,
    currency text not null,
    status text not null check (status in ('OPEN', 'CLOSED')),
    opened_on date not null,
    closed_on date,
    matures_on date,
    renews_on date,
    limit_minor bigint,
    principal_minor bigint,
    instalment_minor bigint,
    term_months bigint,
    rate_ppm bigint,
    parent_id text,
    region_code text,
    statement_frequency text
      check (statement_frequency in ('MONTHLY', 'WEEKLY', 'PER_TRANSACTION')),
    recorded_at timestamptz not null,
    primary key (arrangement_id, recorded_at)
  )`,
  `create table bank_role (
    party_id text not null,
    arrangement_id text not null,
    role text not null check (role in ('OWNER', 'JOINT', 'AUTHORISED', 'GUARANTOR', 'SIGNATORY')),
    ended_on date,
    recorded_at timestamptz not null,
    primary key (party_id, arrangement_id, role, recorded_at)
  )`,
  'create index bank_role_arrangement on bank_role (arrangement_id)',
  `create table bank_balance (
    arrangement_id text not null,
    effective_on date not null,
    ledger_minor bigint not null,
    arrears_minor bigint,
    days_past_due bigint,
    recorded_at timestamptz not null,
    primary key (arrangement_id, effective_on, recorded_at)
  )`,
  `create table bank_transaction (
    transaction_id text not null,
    arrangement_id text not null,
    effective_at timestamptz not null,
    sequence bigint,
    amount_minor bigint not null,
    currency text not null,
    running_balance_minor bigint,
    category text,
    merchant text,
    country text,
    method text,
    recorded_at timestamptz not null,
    primary key (transaction_id, recorded_at)
  )`,
  'create index bank_transaction_arrangement on bank_transaction (arrangement_id, effective_at)',
  `create table bank_interaction (
    interaction_id text not null,
    party_id text not null,
    occurred_at timestamptz not null,
    channel text not null,
    intent text not null,
    recorded_at timestamptz not null,
    primary key (interaction_id, recorded_at)
  )`,
  'create index bank_interaction_party on bank_interaction (party_id, occurred_at)',
  `create table bank_consent (
    party_id text not null,
    purpose text not null check (purpose in ('MARKETING', 'PROFILING')),
    channel text not null,
    state text not null check (state in ('GIVEN', 'WITHDRAWN', 'OBJECTED')),
    effective_at timestamptz not null,
    expires_on date,
    evidence text,
    recorded_at timestamptz not null,
    primary key (party_id, purpose, channel, effective_at, recorded_at)
  )`,
  `create table bank_hold (
    hold_id text not null,
    party_id text not null,
    kind text not null check (kind in ('DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE')),
    starts_on date not null,
    ends_on date,
    recorded_at timestamptz not null,
    primary key (hold_id, recorded_at)
  )`,
  'create index bank_hold_party on bank_hold (party_id)',
  `create table bank_contact (
    contact_id text not null,
    party_id text not null,
    action_id text not null,
    channel text not null,
    presented_at timestamptz not null,
    selection_probability_ppm bigint,
    campaign_id text,
    expires_on date,
    recorded_at timestamptz not null,
    primary key (contact_id, recorded_at)
  )`,
  'create index bank_contact_party on bank_contact (party_id, presented_at)',
  `create table bank_response (
    response_id text not null,
    contact_id text not null,
    kind text not null check (kind in ('ACCEPTED', 'DECLINED', 'COMPLAINED')),
    responded_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (response_id, recorded_at)
  )`,
  'create index bank_response_contact on bank_response (contact_id)',
  `create table bank_goal (
    goal_id text not null,
    party_id text not null,
    kind text not null,
    target_minor bigint,
    currency text,
    target_on date,
    progress_ppm bigint,
    recorded_at timestamptz not null,
    primary key (goal_id, recorded_at)
  )`,
  'create index bank_goal_party on bank_goal (party_id)',
  `create table bank_relationship_value (
    party_id text not null,
    effective_on date not null,
    margin_minor bigint not null,
    currency text not null,
    tier text check (tier in ('BASIC', 'PLUS', 'PREMIUM', 'PRIVATE')),
    recorded_at timestamptz not null,
    primary key (party_id, effective_on, recorded_at)
  )`,
  `create table bank_coverage (
    entity text not null,
    arrangement_id text not null default '',
    covered_from date not null,
    covered_to date,
    recorded_at timestamptz not null,
    primary key (entity, arrangement_id, covered_from, recorded_at)
  )`,
];

const EVIDENCE = [
  `create table fact_sheet (
    customer_id uuid not null references customer,
    address bytea not null,
    codec smallint not null,
    body bytea not null,
    primary key (customer_id, address)
  )`,
  `create table snapshot (
    customer_id uuid not null references customer,
    address bytea not null,
    sheet_address bytea not null,
    codec smallint not null,
    body bytea not null,
    built_at timestamptz not null,
    primary key (customer_id, address),
    foreign key (customer_id, sheet_address) references fact_sheet
  )`,
  `create table current_snapshot (
    customer_id uuid primary key references customer,
    address bytea not null,
    watermark bigint not null,
    business_date date not null,
    valid_until timestamptz not null,
    facts_digest text not null,
    rates_digest text not null,
    foreign key (customer_id, address) references snapshot
  )`,
];

const RELEASES = [
  `create table artifact (
    digest text primary key,
    kind text not null,
    bytes bytea not null
  )`,
  `create table forest (
    id text not null,
    digest text not null references artifact,
    entry text not null,
    trained_at timestamptz not null,
    trained_by text not null,
    primary key (id, trained_at)
  )`,
  `create table release (
    id integer generated always as identity primary key,
    digest text not null unique,
    engine_version integer not null,
    rule_set text not null,
    semver text not null,
    body text not null,
    built_at timestamptz not null,
    built_by text not null
  )`,
  `create table release_activation (
    id bigint generated always as identity primary key,
    release_id integer not null references release,
    activated_at timestamptz not null,
    activated_by text not null,
    ended_at timestamptz
  )`,
  `create unique index release_activation_only_one
    on release_activation ((true)) where ended_at is null`,
  `create table code (
    code integer generated always as identity primary key,
    kind text not null,
    name text not null,
    unique (kind, name)
  )`,
];

const DECISIONS = [
  `create table decision (
    id uuid primary key,
    customer_id uuid not null,
    release_id integer not null,
    codec smallint not null,
    caller text not null,
    arguments_start bytea not null,
    capsule_address bytea not null,
    tags integer[] not null,
    body bytea not null
  ) partition by range (id)`,
  // Without the id behind them, equal keys are stored once: 7 bytes a decision in place of 36.
  'create index decision_customer on decision (customer_id)',
  'create index decision_release on decision (release_id)',
  'create index decision_tags on decision using gin (tags)',
  `create table decision_request (
    caller text not null,
    request_id text not null,
    arguments_digest bytea not null,
    decision_id uuid not null,
    primary key (caller, request_id)
  )`,
];
