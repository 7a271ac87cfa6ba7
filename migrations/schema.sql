-- Written by `npm run schema:write` from the migrated database; do not edit.

-- sequences
create sequence code_code_seq as integer start 1 increment 1 cache 1;
create sequence migration_id_seq as integer start 1 increment 1 cache 1;
create sequence release_activation_id_seq as bigint start 1 increment 1 cache 1;
create sequence release_id_seq as integer start 1 increment 1 cache 1;

-- tables
create table artifact (
  digest text not null,
  kind text not null,
  bytes bytea not null
);
create table bank (
  only_one boolean not null default true,
  name text not null,
  mode text not null,
  business_date date not null,
  reporting_currency text not null,
  created_at timestamp with time zone not null,
  created_by text not null
);
create table bank_arrangement (
  arrangement_id text not null,
  product_kind text not null,
  product text not null,
  currency text not null,
  status text not null,
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
  statement_frequency text,
  recorded_at timestamp with time zone not null
);
create table bank_arrangement_identity (
  arrangement_id text not null,
  account_number text,
  recorded_at timestamp with time zone not null
);
create table bank_balance (
  arrangement_id text not null,
  effective_on date not null,
  ledger_minor bigint not null,
  arrears_minor bigint,
  days_past_due bigint,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean,
  available_minor bigint
);
create table bank_consent (
  party_id text not null,
  purpose text not null,
  channel text not null,
  state text not null,
  effective_at timestamp with time zone not null,
  expires_on date,
  evidence text,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text
);
create table bank_contact (
  contact_id text not null,
  party_id text not null,
  action_id text not null,
  channel text not null,
  presented_at timestamp with time zone not null,
  selection_probability_ppm bigint,
  campaign_id text,
  expires_on date,
  recorded_at timestamp with time zone not null
);
create table bank_coverage (
  entity text not null,
  arrangement_id text not null default ''::text,
  covered_from date not null,
  covered_to date,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean
);
create table bank_credit_application (
  application_id text not null,
  party_id text not null,
  product_kind text not null,
  applied_on date not null,
  state text not null,
  state_since date not null,
  amount_minor bigint,
  currency text,
  recorded_at timestamp with time zone not null
);
create table bank_goal (
  goal_id text not null,
  party_id text not null,
  kind text not null,
  target_minor bigint,
  currency text,
  target_on date,
  progress_ppm bigint,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean
);
create table bank_hold (
  hold_id text not null,
  party_id text not null,
  kind text not null,
  starts_on date not null,
  ends_on date,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text
);
create table bank_household_member (
  household_id text not null,
  party_id text not null,
  member text not null,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean
);
create table bank_interaction (
  interaction_id text not null,
  party_id text not null,
  occurred_at timestamp with time zone not null,
  channel text not null,
  intent text not null,
  recorded_at timestamp with time zone not null
);
create table bank_party (
  party_id text not null,
  kind text not null,
  sex text,
  language text,
  segment text,
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
  risk_rating text,
  recorded_at timestamp with time zone not null,
  birth_month date,
  system text not null default ''::text,
  withdrawn boolean
);
create table bank_party_identity (
  party_id text not null,
  given_name text,
  family_name text,
  organisation_name text,
  birth_date date,
  email text,
  phone text,
  recorded_at timestamp with time zone not null
);
create table bank_party_merge (
  party_id text not null,
  survivor_id text not null,
  recorded_at timestamp with time zone not null
);
create table bank_region (
  region_code text not null,
  name text not null,
  population bigint,
  average_salary_minor bigint,
  unemployment_ppm bigint,
  urban_ppm bigint,
  entrepreneurs_per_thousand bigint,
  recorded_at timestamp with time zone not null
);
create table bank_relationship_manager (
  party_id text not null,
  manager_id text not null,
  starts_on date not null,
  ends_on date,
  recorded_at timestamp with time zone not null
);
create table bank_relationship_value (
  party_id text not null,
  effective_on date not null,
  margin_minor bigint not null,
  currency text not null,
  tier text,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean
);
create table bank_response (
  response_id text not null,
  contact_id text not null,
  kind text not null,
  responded_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null
);
create table bank_role (
  party_id text not null,
  arrangement_id text not null,
  role text not null,
  ended_on date,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text
);
create table bank_transaction (
  transaction_id text not null,
  arrangement_id text not null,
  effective_at timestamp with time zone not null,
  sequence bigint,
  amount_minor bigint not null,
  currency text not null,
  running_balance_minor bigint,
  category text,
  merchant text,
  country text,
  method text,
  recorded_at timestamp with time zone not null,
  system text not null default ''::text,
  withdrawn boolean
);
create table code (
  code integer not null generated as identity,
  kind text not null,
  name text not null
);
create table current_snapshot (
  customer_id uuid not null,
  address bytea not null,
  watermark bigint not null,
  business_date date not null,
  valid_until timestamp with time zone not null,
  facts_digest text not null,
  rates_digest text not null
);
create table customer (
  id uuid not null,
  party_id text not null,
  address_key bytea,
  created_at timestamp with time zone not null
);
create table decision (
  id uuid not null,
  customer_id uuid not null,
  release_id integer not null,
  codec smallint not null,
  caller text not null,
  arguments_start bytea not null,
  capsule_address bytea not null,
  tags integer[] not null,
  body bytea not null
) partition by RANGE (id);
create table decision_outcome (
  id uuid not null,
  customer_id uuid not null,
  release_id integer not null,
  business_date date not null,
  channel integer not null,
  trigger integer not null,
  in_control boolean not null,
  candidates integer[] not null,
  scores integer[] not null,
  expected_values bigint[] not null
) partition by RANGE (id);
create table decision_request (
  caller text not null,
  request_id text not null,
  arguments_digest bytea not null,
  decision_id uuid not null
);
create table fact_sheet (
  customer_id uuid not null,
  address bytea not null,
  codec smallint not null,
  body bytea not null
);
create table forest (
  id text not null,
  digest text not null,
  entry text not null,
  trained_at timestamp with time zone not null,
  trained_by text not null
);
create table import_run (
  id uuid not null,
  mapping_name text not null,
  mapping_digest text not null,
  actor text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone not null,
  rows_read bigint not null,
  rows_written bigint not null,
  rows_merged bigint not null,
  rows_refused bigint not null
);
create table lost_record (
  system text not null,
  part text not null,
  subject text not null,
  subject_id text not null,
  since timestamp with time zone not null
);
create table mended_loss (
  party_id text,
  part text not null,
  system text not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null
);
create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  name character varying(255) not null,
  executed_at timestamp(6) with time zone not null default CURRENT_TIMESTAMP(6)
);
create table migration_digest (
  name text not null,
  digest text not null
);
create table operation (
  digest text not null,
  name text not null,
  body text not null,
  listed_at timestamp with time zone not null,
  listed_by text not null
);
create table release (
  id integer not null generated as identity,
  digest text not null,
  engine_version integer not null,
  rule_set text not null,
  semver text not null,
  body text not null,
  built_at timestamp with time zone not null,
  built_by text not null
);
create table release_activation (
  id bigint not null generated as identity,
  release_id integer not null,
  activated_at timestamp with time zone not null,
  activated_by text not null,
  ended_at timestamp with time zone
);
create table rule_disagreement (
  decision_id uuid not null,
  rule text not null,
  found_at timestamp with time zone not null
);
create table sheet_bins (
  customer_id uuid not null,
  address bytea not null,
  catalogue integer not null,
  business_date date not null,
  bins bytea not null
);
create table snapshot (
  customer_id uuid not null,
  address bytea not null,
  sheet_address bytea not null,
  codec smallint not null,
  body bytea not null,
  built_at timestamp with time zone not null
);
create table source (
  part text not null,
  system text not null,
  as_of timestamp with time zone,
  delivered_at timestamp with time zone,
  spoilt_since timestamp with time zone,
  spoilt_as_of timestamp with time zone
);
create table spent_mandate (
  id text not null,
  subject text not null,
  client text not null,
  operation text not null,
  variables text not null,
  spent_at timestamp with time zone not null
);
create table watermark (
  party_id text not null,
  part text not null,
  version bigint not null,
  system text not null,
  as_of timestamp with time zone,
  read_at timestamp with time zone,
  answered_since timestamp with time zone,
  spoilt_since timestamp with time zone,
  core_version text,
  spoilt_as_of timestamp with time zone
);

-- constraints
alter table artifact add constraint artifact_pkey PRIMARY KEY (digest);
alter table bank add constraint bank_mode_check CHECK ((mode = ANY (ARRAY['DEMO'::text, 'BANK'::text, 'EVALUATION'::text])));
alter table bank add constraint bank_only_one_check CHECK (only_one);
alter table bank add constraint bank_pkey PRIMARY KEY (only_one);
alter table bank_arrangement add constraint bank_arrangement_pkey PRIMARY KEY (arrangement_id, recorded_at);
alter table bank_arrangement add constraint bank_arrangement_statement_frequency_check CHECK ((statement_frequency = ANY (ARRAY['MONTHLY'::text, 'WEEKLY'::text, 'PER_TRANSACTION'::text])));
alter table bank_arrangement add constraint bank_arrangement_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'CLOSED'::text, 'DORMANT'::text, 'BLOCKED'::text, 'IN_ARREARS'::text, 'WRITTEN_OFF'::text, 'PENDING'::text])));
alter table bank_arrangement_identity add constraint bank_arrangement_identity_pkey PRIMARY KEY (arrangement_id, recorded_at);
alter table bank_balance add constraint bank_balance_pkey PRIMARY KEY (arrangement_id, effective_on, recorded_at);
alter table bank_consent add constraint bank_consent_pkey PRIMARY KEY (party_id, purpose, channel, effective_at, recorded_at);
alter table bank_consent add constraint bank_consent_purpose_check CHECK ((purpose = ANY (ARRAY['MARKETING'::text, 'PROFILING'::text])));
alter table bank_consent add constraint bank_consent_state_check CHECK ((state = ANY (ARRAY['GIVEN'::text, 'WITHDRAWN'::text, 'OBJECTED'::text])));
alter table bank_contact add constraint bank_contact_pkey PRIMARY KEY (contact_id, recorded_at);
alter table bank_coverage add constraint bank_coverage_pkey PRIMARY KEY (entity, arrangement_id, covered_from, system, recorded_at);
alter table bank_credit_application add constraint bank_credit_application_pkey PRIMARY KEY (application_id, recorded_at);
alter table bank_credit_application add constraint bank_credit_application_state_check CHECK ((state = ANY (ARRAY['OPEN'::text, 'APPROVED'::text, 'DECLINED'::text, 'WITHDRAWN'::text])));
alter table bank_goal add constraint bank_goal_pkey PRIMARY KEY (goal_id, recorded_at);
alter table bank_hold add constraint bank_hold_kind_check CHECK ((kind = ANY (ARRAY['DECEASED'::text, 'FRAUD'::text, 'COLLECTIONS'::text, 'VULNERABLE'::text])));
alter table bank_hold add constraint bank_hold_pkey PRIMARY KEY (hold_id, recorded_at);
alter table bank_household_member add constraint bank_household_member_member_check CHECK ((member = ANY (ARRAY['HEAD'::text, 'PARTNER'::text, 'CHILD'::text, 'OTHER'::text])));
alter table bank_household_member add constraint bank_household_member_pkey PRIMARY KEY (party_id, household_id, recorded_at);
alter table bank_interaction add constraint bank_interaction_pkey PRIMARY KEY (interaction_id, recorded_at);
alter table bank_party add constraint bank_party_kind_check CHECK ((kind = ANY (ARRAY['PERSON'::text, 'ORGANISATION'::text])));
alter table bank_party add constraint bank_party_pkey PRIMARY KEY (party_id, recorded_at);
alter table bank_party add constraint bank_party_risk_rating_check CHECK ((risk_rating = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text])));
alter table bank_party add constraint bank_party_sex_check CHECK ((sex = ANY (ARRAY['F'::text, 'M'::text])));
alter table bank_party_identity add constraint bank_party_identity_pkey PRIMARY KEY (party_id, recorded_at);
alter table bank_party_merge add constraint bank_party_merge_pkey PRIMARY KEY (party_id, recorded_at);
alter table bank_region add constraint bank_region_pkey PRIMARY KEY (region_code, recorded_at);
alter table bank_relationship_manager add constraint bank_relationship_manager_pkey PRIMARY KEY (party_id, recorded_at);
alter table bank_relationship_value add constraint bank_relationship_value_pkey PRIMARY KEY (party_id, effective_on, recorded_at);
alter table bank_relationship_value add constraint bank_relationship_value_tier_check CHECK ((tier = ANY (ARRAY['BASIC'::text, 'PLUS'::text, 'PREMIUM'::text, 'PRIVATE'::text])));
alter table bank_response add constraint bank_response_kind_check CHECK ((kind = ANY (ARRAY['ACCEPTED'::text, 'DECLINED'::text, 'COMPLAINED'::text])));
alter table bank_response add constraint bank_response_pkey PRIMARY KEY (response_id, recorded_at);
alter table bank_role add constraint bank_role_pkey PRIMARY KEY (party_id, arrangement_id, role, recorded_at);
alter table bank_role add constraint bank_role_role_check CHECK ((role = ANY (ARRAY['OWNER'::text, 'JOINT'::text, 'AUTHORISED'::text, 'GUARANTOR'::text, 'SIGNATORY'::text])));
alter table bank_transaction add constraint bank_transaction_pkey PRIMARY KEY (transaction_id, recorded_at);
alter table code add constraint code_kind_name_key UNIQUE (kind, name);
alter table code add constraint code_pkey PRIMARY KEY (code);
alter table current_snapshot add constraint current_snapshot_customer_id_address_fkey FOREIGN KEY (customer_id, address) REFERENCES snapshot(customer_id, address);
alter table current_snapshot add constraint current_snapshot_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id);
alter table current_snapshot add constraint current_snapshot_pkey PRIMARY KEY (customer_id);
alter table customer add constraint customer_party_id_key UNIQUE (party_id);
alter table customer add constraint customer_pkey PRIMARY KEY (id);
alter table decision add constraint decision_pkey PRIMARY KEY (id);
alter table decision_outcome add constraint decision_outcome_pkey PRIMARY KEY (id);
alter table decision_request add constraint decision_request_pkey PRIMARY KEY (caller, request_id);
alter table fact_sheet add constraint fact_sheet_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id);
alter table fact_sheet add constraint fact_sheet_pkey PRIMARY KEY (customer_id, address);
alter table forest add constraint forest_digest_fkey FOREIGN KEY (digest) REFERENCES artifact(digest);
alter table forest add constraint forest_pkey PRIMARY KEY (id, trained_at);
alter table import_run add constraint import_run_pkey PRIMARY KEY (id);
alter table lost_record add constraint lost_record_pkey PRIMARY KEY (system, part, subject, subject_id);
alter table migration add constraint migration_pkey PRIMARY KEY (id);
alter table migration_digest add constraint migration_digest_pkey PRIMARY KEY (name);
alter table operation add constraint operation_pkey PRIMARY KEY (digest);
alter table release add constraint release_digest_key UNIQUE (digest);
alter table release add constraint release_pkey PRIMARY KEY (id);
alter table release_activation add constraint release_activation_pkey PRIMARY KEY (id);
alter table release_activation add constraint release_activation_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(id);
alter table rule_disagreement add constraint rule_disagreement_pkey PRIMARY KEY (decision_id, rule);
alter table sheet_bins add constraint sheet_bins_pkey PRIMARY KEY (customer_id, address);
alter table snapshot add constraint snapshot_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id);
alter table snapshot add constraint snapshot_customer_id_sheet_address_fkey FOREIGN KEY (customer_id, sheet_address) REFERENCES fact_sheet(customer_id, address);
alter table snapshot add constraint snapshot_pkey PRIMARY KEY (customer_id, address);
alter table source add constraint source_pkey PRIMARY KEY (part, system);
alter table spent_mandate add constraint spent_mandate_pkey PRIMARY KEY (id);
alter table watermark add constraint watermark_pkey PRIMARY KEY (party_id, part, system);

-- indexes
CREATE INDEX bank_contact_party ON public.bank_contact USING btree (party_id, presented_at);
CREATE INDEX bank_credit_application_party ON public.bank_credit_application USING btree (party_id);
CREATE INDEX bank_goal_party ON public.bank_goal USING btree (party_id);
CREATE INDEX bank_hold_party ON public.bank_hold USING btree (party_id);
CREATE INDEX bank_household_member_household ON public.bank_household_member USING btree (household_id);
CREATE INDEX bank_interaction_party ON public.bank_interaction USING btree (party_id, occurred_at);
CREATE INDEX bank_party_merge_survivor ON public.bank_party_merge USING btree (survivor_id);
CREATE INDEX bank_relationship_manager_book ON public.bank_relationship_manager USING btree (manager_id, party_id);
CREATE INDEX bank_response_contact ON public.bank_response USING btree (contact_id);
CREATE INDEX bank_role_arrangement ON public.bank_role USING btree (arrangement_id);
CREATE INDEX bank_transaction_arrangement ON public.bank_transaction USING btree (arrangement_id, effective_at);
CREATE INDEX decision_customer ON ONLY public.decision USING btree (customer_id);
CREATE INDEX decision_release ON ONLY public.decision USING btree (release_id);
CREATE INDEX decision_tags ON ONLY public.decision USING gin (tags);
CREATE INDEX mended_loss_by_party ON public.mended_loss USING btree (party_id);
CREATE UNIQUE INDEX release_activation_only_one ON public.release_activation USING btree ((true)) WHERE (ended_at IS NULL);
CREATE INDEX rule_disagreement_found ON public.rule_disagreement USING btree (found_at);
