import type { Trigger as StoredTrigger } from '../../domain/trigger.ts';
import type { Trigger } from '../generated/types.ts';

/** A trigger with null for every id that its kind has none of, or that engine 1 did not store. */
export function triggerView(stored: StoredTrigger): Trigger {
  return { ...NO_IDS, ...stored };
}

const NO_IDS: Omit<Trigger, 'kind'> = {
  eventId: null,
  eventKind: null,
  runId: null,
  campaignId: null,
  interactionId: null,
  intent: null,
  placement: null,
};
