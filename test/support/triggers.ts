import type { Trigger } from '../../src/domain/trigger.ts';

/** A run of a campaign, for tests to which only the kind matters. */
export const A_BATCH: Trigger = { kind: 'BATCH', runId: 'run-1', campaignId: 'autumn' };

/** An event at the customer's bank, for tests to which only the kind matters. */
export const AN_EVENT: Trigger = { kind: 'EVENT', eventId: 'event-1', eventKind: 'POSTING' };
