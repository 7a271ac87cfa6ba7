import type { Digest } from '../../domain/digest.ts';
import type { Clock } from '../ports/clock.ts';
import type { Viewer } from '../ports/identity.ts';
import type { Mandate, MandateReader, SpentMandates } from '../ports/mandates.ts';

/** What an assistant is about to change, and the mandate that came with it. */
export interface MandatedChange {
  readonly token: string | null;
  readonly viewer: Viewer;
  readonly operation: Digest;
  readonly variables: Digest;
}

/** Why a change may not be made; nothing was changed. */
export interface MandateRefusal {
  readonly code: 'MANDATE_REQUIRED' | 'MANDATE_REFUSED';
  readonly message: string;
}

/** Spends the mandate of a change, or says why it may not be made. */
export type SpendMandate = (change: MandatedChange) => Promise<MandateRefusal | undefined>;

/**
 * Makes the one judge of mandates. A mandate is spent before anything is changed and never given
 * back: a change that failed needs a new one.
 */
export function createSpendMandate(ports: {
  readonly reader: MandateReader;
  readonly spent: SpentMandates;
  readonly clock: Clock;
}): SpendMandate {
  const { reader, spent, clock } = ports;
  return async (change) => {
    if (change.token === null) return REQUIRED;
    const read = await reader.readMandate(change.token);
    if (!read.ok) return refused(read.refusal.message);
    const wrong = faultOf(read.value, change);
    if (wrong !== undefined) return refused(wrong);
    const isFirst = await spent.spend(read.value, clock.now());
    return isFirst ? undefined : refused('it was used before; ask the person for a new one');
  };
}

function faultOf(mandate: Mandate, change: MandatedChange): string | undefined {
  const { viewer, operation, variables } = change;
  if (mandate.subject !== viewer.subject) return 'it is of another person';
  if (mandate.client === null || mandate.client !== viewer.client) {
    return 'it was given to another client';
  }
  if (mandate.operation !== operation) return 'it is for another operation';
  return mandate.variables === variables ? undefined : 'it is for other variables';
}

const REQUIRED: MandateRefusal = {
  code: 'MANDATE_REQUIRED',
  message: 'what an assistant changes needs a mandate of the person for this one thing',
};

function refused(why: string): MandateRefusal {
  return { code: 'MANDATE_REFUSED', message: `the mandate does not count: ${why}` };
}
