import { extractFolders } from '../adapters/extracts/extract-folder.ts';
import { createPool } from '../adapters/postgres/connection/pool.ts';
import { createReadingIntake } from '../adapters/postgres/intake/reading-intake.ts';
import { createRecordIntake } from '../adapters/postgres/intake/record-intake.ts';
import type { Stores } from '../adapters/postgres/open-stores.ts';
import { systemRandomness } from '../adapters/system/system-clock.ts';
import {
  type CoreReadingsDeps,
  type CoreSettings,
  openCoreReadings,
} from '../app/intake/core-readings.ts';
import { createIntake, type Intake } from '../app/intake/intake.ts';
import { readThroughMoments } from '../app/intake/read-through-moments.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { MomentReader } from '../app/ports/moment.ts';

/** The intake of a database and the connection that it takes; opened when it is first used. */
export interface WiredIntake {
  readonly intake: Intake;
  readonly close: () => Promise<void>;
}

/** Makes the intake of extract folders over one connection of its own. */
export function wireIntake(url: string, { clock }: { readonly clock: Clock }): WiredIntake {
  const applicationName = 'nextbest';
  // An import takes as long as it takes; nothing else may.
  const patient = createPool(url, { applicationName, max: 1, statementTimeoutMs: 0 });
  const intake = createRecordIntake(patient, { clock, randomness: systemRandomness });
  return {
    intake: createIntake({ intake, extracts: extractFolders, clock }),
    close: () => patient.close(),
  };
}

/** What readings may be given besides their stores. */
export interface ReadingReplacements extends Pick<CoreReadingsDeps, 'onDropped'> {
  /** Live cores that are asked before deciding. */
  readonly cores?: readonly CoreSettings[];
}

/** Moments as recorded where no core is set: then nothing is asked and nothing costs. */
export async function wireReadings(
  { moments, readings }: Pick<Stores, 'moments' | 'readings'>,
  { cores = [], clock, onDropped }: ReadingReplacements & { readonly clock: Clock },
): Promise<MomentReader> {
  if (cores.length === 0) return moments;
  const intake = createReadingIntake(readings, { clock, randomness: systemRandomness });
  const deps = { intake, clock, ...(onDropped && { onDropped }) };
  return readThroughMoments(moments, await openCoreReadings(cores, deps));
}
