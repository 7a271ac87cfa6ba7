import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startBoss } from '../../src/adapters/jobs/boss.ts';
import { prepareQueues } from '../../src/adapters/jobs/prepare-queues.ts';
import { codeOf } from '../../src/adapters/postgres/connection/outage-of.ts';
import { GRANTS } from '../../src/adapters/postgres/schema/grants.ts';
import { type Duty, ROLE_OF } from '../../src/adapters/postgres/schema/roles.ts';
import { JOB_KINDS } from '../../src/domain/job.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { clonePrepared } from '../support/prepared-database.ts';

type Granted = Exclude<Duty, 'OWNER'>;
const GRANTED: readonly Granted[] = ['SERVICE', 'WORKER', 'AUDITOR'];

/** What nobody but the owner may ever change, as an auditor would name it. */
const FINAL = [
  ...['decision', 'decision_outcome', 'decision_request', 'sheet_bins', 'code', 'artifact'],
  ...['release', 'forest', 'rule_disagreement', 'customer', 'import_run', 'migration'],
  ...['migration_digest', 'bank_arrangement', 'bank_arrangement_identity', 'bank_balance'],
  ...['bank_consent', 'bank_contact', 'bank_coverage', 'bank_goal', 'bank_hold'],
  ...['bank_household_member', 'bank_interaction', 'bank_party', 'bank_party_identity'],
  ...['bank_region', 'bank_relationship_manager', 'bank_relationship_value'],
  ...['bank_response', 'bank_role', 'bank_transaction'],
];

/** All that is changed by need, and how: everything else is added and read at the most. */
const CHANGED: Readonly<Record<Granted, readonly string[]>> = {
  AUDITOR: [],
  SERVICE: [
    'current_snapshot: address, business_date, facts_digest, rates_digest, valid_until, watermark',
    'fact_sheet: body, codec',
    'snapshot: body, codec',
    'watermark: answered_since, as_of, core_version, read_at, spoilt_as_of, spoilt_since, version',
  ],
  WORKER: [
    'bank: business_date',
    'current_snapshot: address, business_date, facts_digest, rates_digest, valid_until, watermark',
    'fact_sheet: body, codec',
    'lost_record: since, and deleted',
    'operation: deleted',
    'release_activation: ended_at',
    'snapshot: body, codec',
    'source: as_of, spoilt_as_of, spoilt_since',
    'watermark: answered_since, as_of, core_version, read_at, spoilt_as_of, spoilt_since, version',
  ],
};

/** What makes or unmakes something; each names no table of the bank's but to harm it. */
const MAKING = [
  'create table made (one int)',
  'create schema made',
  'create function made() returns int language sql as $$ select 1 $$',
  'create view made as select 1',
  'create role made',
  'create index on decision (caller)',
  'create trigger made after insert on decision execute function tsvector_update_trigger()',
  "create table made partition of decision for values from ('0') to ('1')",
  'alter table decision add column made int',
  'alter table decision disable trigger all',
  'drop table decision',
  'set role nextbest_owner',
  'set session authorization nextbest_owner',
  "copy decision to program 'true'",
  'insert into migration (name) values (null)',
  "select pgboss.create_queue('made', '{}')",
];

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

describe('the roles of a prepared database', () => {
  let database: ClonedDatabase;
  let tables: readonly Table[];
  const clients = new Map<Duty, pg.Client>();

  /** True where the server refuses a statement for lack of rights, whatever else it says of it. */
  const isRefused = async (duty: Granted, statement: string): Promise<boolean> => {
    const client = clients.get(duty);
    await client?.query('begin');
    try {
      await client?.query(statement);
      return false;
    } catch (error) {
      const code = codeOf(error);
      if (code === '42501') return true;
      // An identity, a generated column: nobody may.
      if (code === '428C9') return true;
      throw error;
    } finally {
      await client?.query('rollback');
    }
  };
  const changeable = async (duty: Granted, { name, columns }: Table) => {
    const some: string[] = [];
    for (const column of columns) {
      const update = `update ${name} set ${column} = ${column} where false`;
      if (!(await isRefused(duty, update))) some.push(column);
    }
    const isDeleted = !(await isRefused(duty, `delete from ${name} where false`));
    const ways = [some.toSorted().join(', '), ...(isDeleted ? ['deleted'] : [])];
    const told = ways.filter((way) => way !== '').join(', and ');
    return told === '' ? [] : [`${name}: ${told}`];
  };

  beforeAll(async () => {
    database = await clonePrepared();
    for (const duty of GRANTED) {
      const client = new pg.Client({ connectionString: urlFor(duty, database.url) });
      await client.connect();
      clients.set(duty, client);
    }
    const administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    const { rows } = await administrator.query<Table>(
      `select c.oid::regclass::text as name,
         array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_'
         and n.nspname <> 'information_schema'
       group by c.oid order by 1`,
    );
    await administrator.end();
    tables = rows;
  });
  afterAll(async () => {
    await Promise.all([...clients.values()].map((client) => client.end()));
    await database.drop();
  });
  const named = (names: readonly string[]) => tables.filter(({ name }) => names.includes(name));
  const ofBank = () => tables.filter(({ name }) => !name.startsWith('pgboss.'));

  test('are none that may do more than what is granted', async () => {
    const found = await clients.get('SERVICE')?.query(
      `select rolname from pg_roles where rolname like 'nextbest\\_%' and not (rolsuper
           or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
           and not exists (select from pg_auth_members m where m.member = pg_roles.oid)`,
    );
    expect(found?.rows.map(({ rolname }) => rolname).toSorted()).toEqual(
      Object.values(ROLE_OF).toSorted(),
    );
  });

  test('know every table that there is', () => {
    const partition = /^(decision|decision_outcome)_p\d|^pgboss\.queue_stats_\d/;
    const there = tables.map(({ name }) => name).filter((name) => !partition.test(name));
    expect(GRANTS.flatMap((one) => one.tables).toSorted()).toEqual(there.toSorted());
  });

  test.each(GRANTED)('%s may change or delete nothing that is final', async (duty) => {
    expect(named(FINAL)).toHaveLength(FINAL.length);
    for (const table of named(FINAL)) expect(await changeable(duty, table)).toEqual([]);
  });

  test.each(GRANTED)('%s may change what it needs to and no more', async (duty) => {
    const found: string[] = [];
    for (const table of ofBank()) found.push(...(await changeable(duty, table)));
    expect(found.toSorted()).toEqual(CHANGED[duty]);
  });

  test.each(GRANTED)('%s may empty no table', async (duty) => {
    for (const { name } of tables)
      expect([name, await isRefused(duty, `truncate ${name}`)]).toEqual([name, true]);
  });

  test.each(GRANTED)('%s may neither make nor unmake anything', async (duty) => {
    for (const statement of MAKING)
      expect([statement, await isRefused(duty, statement)]).toEqual([statement, true]);
  });

  test.each(GRANTED)('%s may read and add what its grants say', async (duty) => {
    for (const { tables: names, rights } of GRANTS) {
      for (const name of names) {
        const may = [
          !(await isRefused(duty, `select from ${name} limit 0`)),
          !(await isRefused(duty, `explain insert into ${name} default values`)),
        ];
        const granted = [rights[duty].includes('select'), rights[duty].includes('insert')];
        expect([name, may]).toEqual([name, granted]);
      }
    }
  });

  test.each(GRANTED)('%s may do nothing with a table that is not named', async (duty) => {
    const owner = new pg.Client({ connectionString: urlFor('OWNER', database.url) });
    await owner.connect();
    await owner.query('create table if not exists later (one int)');
    await owner.end();
    for (const statement of ['select from later', 'insert into later values (1)'])
      expect(await isRefused(duty, statement)).toBe(true);
  });

  test('SERVICE and WORKER look after the queues without any trouble', async () => {
    for (const duty of ['SERVICE', 'WORKER'] as const) {
      const troubles: unknown[] = [];
      const boss = await startBoss(urlFor(duty, database.url), {
        max: 1,
        supervise: false,
        migrate: false,
        onError: (trouble) => troubles.push(trouble),
      });
      await boss.supervise();
      await boss.stop({ graceful: false });
      expect(troubles).toEqual([]);
    }
  });

  test('OWNER builds what a newer library of queues leaves to be built', async () => {
    const owner = new pg.Client({ connectionString: urlFor('OWNER', database.url) });
    await owner.connect();
    await owner.query('update pgboss.version set bam_on = null');
    await owner.query(
      `insert into pgboss.bam (name, version, table_name, command)
       values ('made', 1, 'job_common', 'create index made on pgboss.job_common (name)')`,
    );
    await prepareQueues(urlFor('OWNER', database.url), JOB_KINDS);
    const { rows } = await owner.query("select to_regclass('pgboss.made') is not null as built");
    await owner.end();
    expect(rows).toEqual([{ built: true }]);
  });

  test.each(GRANTED)('%s may give nobody what it may do itself', async (duty) => {
    await clients.get(duty)?.query('grant select, insert on decision, bank_party to public');
    const given = await clients.get(duty)?.query(
      `select c.relname from pg_class c, aclexplode(c.relacl) a
       where a.grantee = 0 and c.relname in ('decision', 'bank_party')`,
    );
    expect(given?.rows).toEqual([]);
  });

  test('AUDITOR may add nothing, and read no name of a customer', async () => {
    for (const { name } of tables) {
      const insert = `explain insert into ${name} default values`;
      expect([name, await isRefused('AUDITOR', insert)]).toEqual([name, true]);
    }
    for (const { name } of named(['bank_party_identity', 'bank_arrangement_identity']))
      expect(await isRefused('AUDITOR', `select from ${name}`)).toBe(true);
    expect(await isRefused('AUDITOR', 'create temp table kept (one int)')).toBe(true);
  });

  test.each(GRANTED)('%s reaches a month of decisions by their table alone', async (duty) => {
    const [month] = tables.filter(({ name }) => /^decision_p\d/.test(name));
    expect(await isRefused(duty, `select from ${month?.name}`)).toBe(true);
    expect(await isRefused(duty, `insert into ${month?.name} default values`)).toBe(true);
  });
});
