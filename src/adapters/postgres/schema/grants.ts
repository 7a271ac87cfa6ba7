import type { Duty } from './roles.ts';

/** What each role may do with some tables; the owner may do everything with its own. */
export interface TableGrant {
  readonly tables: readonly string[];
  readonly rights: Readonly<Record<Exclude<Duty, 'OWNER'>, readonly Right[]>>;
  /** Why anything is changed or deleted where it is. */
  readonly why?: string;
}

/** A right to a table, or to some of its columns. */
export type Right =
  | 'select'
  | 'insert'
  | 'delete'
  | 'update'
  | 'maintain'
  | { readonly update: readonly string[] };

const READ = ['select'] as const;
const ADD = ['select', 'insert'] as const;
const NOTHING = [] as const;

/** Versions of the bank's records, which are added and never changed. */
const RECORDS = [
  ...['bank_arrangement', 'bank_balance', 'bank_consent', 'bank_contact', 'bank_coverage'],
  ...['bank_credit_application', 'bank_goal', 'bank_hold', 'bank_household_member'],
  ...['bank_interaction', 'bank_party', 'bank_party_merge'],
  ...['bank_region', 'bank_relationship_manager', 'bank_relationship_value', 'bank_response'],
  ...['bank_role', 'bank_transaction'],
];

/** A body under an address. */
const BODY = { update: ['codec', 'body'] };

/** All of a current snapshot but the customer whose it is. */
const NEWEST = {
  update: [
    ...['address', 'watermark', 'business_date', 'valid_until', 'facts_digest', 'rates_digest'],
  ],
};

/** All of a watermark but whose and of what it is. */
const TOLD = {
  update: [
    ...['version', 'as_of', 'read_at', 'answered_since', 'spoilt_since', 'spoilt_as_of'],
    'core_version',
  ],
};

/**
 * Every table by what each role may do with it. INVARIANT: a table that is not named here, such
 * as one of a later migration, is the owner's alone.
 */
export const GRANTS: readonly TableGrant[] = [
  {
    tables: ['decision', 'decision_outcome', 'decision_request', 'sheet_bins', 'code'],
    rights: { SERVICE: ADD, WORKER: ADD, AUDITOR: READ },
  },
  {
    tables: ['fact_sheet', 'snapshot'],
    rights: {
      SERVICE: [...ADD, BODY],
      WORKER: [...ADD, BODY],
      AUDITOR: READ,
    },
    why: 'a body that was spoilt is mended under its address, which tells any other content',
  },
  {
    tables: ['current_snapshot'],
    rights: {
      SERVICE: [...ADD, NEWEST],
      WORKER: [...ADD, NEWEST],
      AUDITOR: READ,
    },
    why: 'it only points at the newest snapshot, which moves',
  },
  {
    tables: ['artifact', 'rule_disagreement', 'customer'],
    rights: { SERVICE: ADD, WORKER: ADD, AUDITOR: READ },
  },
  {
    tables: ['release', 'forest'],
    rights: { SERVICE: READ, WORKER: ADD, AUDITOR: READ },
  },
  {
    tables: ['release_activation'],
    rights: { SERVICE: READ, WORKER: [...ADD, { update: ['ended_at'] }], AUDITOR: READ },
    why: 'an activation ends when the next one begins',
  },
  {
    tables: RECORDS,
    rights: { SERVICE: ADD, WORKER: [...ADD, 'maintain'], AUDITOR: READ },
    why: 'an import counts anew what it filled, or the next reads would be planned blindly',
  },
  {
    tables: ['bank_party_identity', 'bank_arrangement_identity'],
    rights: { SERVICE: ADD, WORKER: [...ADD, 'maintain'], AUDITOR: NOTHING },
    why: 'counted anew as the records are; nothing that is audited rests on a name',
  },
  {
    tables: ['watermark'],
    rights: {
      SERVICE: [...ADD, TOLD],
      WORKER: [...ADD, TOLD],
      AUDITOR: READ,
    },
    why: 'it moves with every import and reading of its customer',
  },
  {
    tables: ['source'],
    rights: {
      SERVICE: ADD,
      WORKER: [...ADD, { update: ['as_of', 'spoilt_since', 'spoilt_as_of'] }],
      AUDITOR: READ,
    },
    why: 'it moves with every import of its system',
  },
  {
    tables: ['lost_record'],
    rights: {
      SERVICE: READ,
      WORKER: [...ADD, 'delete', { update: ['since'] }],
      AUDITOR: READ,
    },
    why: 'a lost record is forgotten once its part is told whole',
  },
  {
    tables: ['mended_loss', 'spent_mandate'],
    rights: { SERVICE: ADD, WORKER: ADD, AUDITOR: READ },
  },
  {
    tables: ['import_run'],
    rights: { SERVICE: NOTHING, WORKER: ADD, AUDITOR: READ },
  },
  {
    tables: ['bank'],
    rights: { SERVICE: READ, WORKER: [...ADD, { update: ['business_date'] }], AUDITOR: READ },
    why: 'its day advances',
  },
  {
    tables: ['operation'],
    rights: { SERVICE: READ, WORKER: [...ADD, 'delete'], AUDITOR: READ },
    why: 'the list of what may be asked is a setting and no evidence',
  },
  {
    tables: ['migration', 'migration_digest'],
    rights: { SERVICE: READ, WORKER: READ, AUDITOR: READ },
  },
  {
    tables: ['pgboss.job', 'pgboss.job_common', 'pgboss.job_dependency', 'pgboss.instance'],
    rights: {
      SERVICE: [...ADD, 'update', 'delete'],
      WORKER: [...ADD, 'update', 'delete'],
      AUDITOR: NOTHING,
    },
    why: 'a job is taken, settled and swept out, and what matters of it is on record elsewhere',
  },
  {
    tables: ['pgboss.queue', 'pgboss.version'],
    rights: {
      SERVICE: ['select', 'update'],
      WORKER: ['select', 'update'],
      AUDITOR: NOTHING,
    },
    why: 'whoever looks after the queues notes when and what was counted',
  },
  {
    tables: ['pgboss.schedule', 'pgboss.subscription', 'pgboss.bam', 'pgboss.warning'],
    rights: { SERVICE: READ, WORKER: READ, AUDITOR: NOTHING },
  },
  {
    tables: ['pgboss.queue_stats'],
    rights: { SERVICE: READ, WORKER: READ, AUDITOR: NOTHING },
  },
];
