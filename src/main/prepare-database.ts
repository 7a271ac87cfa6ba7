import { prepareQueues } from '../adapters/jobs/prepare-queues.ts';
import { grantRights } from '../adapters/postgres/schema/apply-grants.ts';
import { becomeOwner } from '../adapters/postgres/schema/become-owner.ts';
import { checkPrepared, type Prepared } from '../adapters/postgres/schema/check-prepared.ts';
import { makePartitions } from '../adapters/postgres/schema/make-partitions.ts';
import { migrate } from '../adapters/postgres/schema/migrate.ts';
import { SchemaRefused } from '../adapters/postgres/schema/schema-refused.ts';
import type { Instant } from '../domain/instant.ts';
import { JOB_KINDS } from '../domain/job.ts';

/** For when a database is made ready, and what was lacking. */
export interface Preparing {
  readonly at: Instant;
  /** How many months of decisions there is a place for, from that of `at`. */
  readonly months: number;
}

/** What was made; everything else was there. */
export interface Preparation {
  readonly migrations: readonly string[];
  readonly partitions: readonly string[];
}

/** The months that are made ahead where nobody says how many. */
export const MONTHS_AHEAD = 6;

/**
 * Makes a database ready for every duty: roles where the url is an administrator's, then the
 * schema, places for decisions, queues and rights. Whatever stands already is left as it is.
 */
export async function prepareDatabase(
  url: string,
  { at, months }: Preparing,
): Promise<Preparation> {
  const owner = await becomeOwner(url);
  const migrations = await migrate(owner);
  const partitions = await makePartitions(owner, at, months);
  await prepareQueues(owner, JOB_KINDS);
  await grantRights(owner);
  return { migrations, partitions };
}

/** Sees that a duty can be done, preparing the database first where its owner's url is known. */
export async function ensurePrepared(
  { owner, url }: { readonly owner: string | undefined; readonly url: string },
  wanted: Prepared,
): Promise<void> {
  try {
    await checkPrepared(url, wanted);
  } catch (error) {
    const isLacking = error instanceof SchemaRefused && error.code === 'UNPREPARED';
    if (owner === undefined || !isLacking) throw error;
    await prepareDatabase(owner, { at: wanted.at, months: MONTHS_AHEAD });
    // What still lacks then is the right role.
    await checkPrepared(url, wanted);
  }
}
