import { extractFolders } from '../adapters/extracts/extract-folder.ts';
import { createPool } from '../adapters/postgres/connection/pool.ts';
import { createRecordIntake } from '../adapters/postgres/intake/record-intake.ts';
import { systemRandomness } from '../adapters/system/system-clock.ts';
import { createIntake, type Intake } from '../app/intake/intake.ts';
import type { Clock } from '../app/ports/clock.ts';

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
