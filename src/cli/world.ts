import type { Customers } from '../app/customer360/customers.ts';
import type { Deciding } from '../app/decisions/deciding/deciding.ts';
import type { Evidence } from '../app/decisions/evidence/evidence.ts';
import type { Intake } from '../app/intake/intake.ts';
import type { Learning } from '../app/learning/learning.ts';
import type { Monitoring } from '../app/monitoring/monitoring.ts';
import type { BankStore } from '../app/ports/bank.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { DemoIdentity } from '../app/ports/identity.ts';
import type { JobQueue } from '../app/ports/job-queue.ts';
import type { OperationList } from '../app/ports/operation-list.ts';
import type { Releases } from '../app/releases/releases.ts';
import type { DemoBank } from './demo-bank.ts';

/** What there is over one database, service by service. No command takes it whole. */
export interface World {
  readonly bank: BankStore;
  readonly clock: Clock;
  readonly customers: Customers;
  readonly deciding: Deciding;
  readonly evidence: Evidence;
  readonly intake: Intake;
  readonly releases: Releases;
  readonly learning: Learning;
  readonly monitoring: Monitoring;
  readonly jobs: JobQueue;
  readonly operations: OperationList;
  readonly demo: DemoBank;
  /** Undefined where no demo issuer may exist. */
  readonly signToken: (who: DemoIdentity) => Promise<string | undefined>;
  /** Lets the database go. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the services that a command names, starting the database that comes along where none is
 * named; throws an outage.
 */
export type Open<Service extends keyof World> = () => Promise<Pick<World, Service | 'close'>>;

/** Runs a command's work on what it opens, which is closed whatever happens. */
export async function withWorld<W extends Pick<World, 'close'>, T>(
  open: () => Promise<W>,
  work: (world: W) => Promise<T>,
): Promise<T> {
  const world = await open();
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}
