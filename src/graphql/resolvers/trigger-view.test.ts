import { expect, test } from '@jest/globals';
import type { Trigger } from '../../domain/trigger.ts';
import { triggerView } from './trigger-view.ts';

const NONE = {
  eventId: null,
  eventKind: null,
  runId: null,
  campaignId: null,
  interactionId: null,
  intent: null,
  placement: null,
};

/** What engine 1 stored of a batch: its kind alone. */
const OF_ENGINE_1 = JSON.parse('{"kind":"BATCH"}') as Trigger;

test.each<Trigger>([
  { kind: 'QUERY' },
  { kind: 'EVENT', eventId: 'e-1', eventKind: 'POSTING' },
  { kind: 'BATCH', runId: 'run-1', campaignId: 'autumn' },
  { kind: 'SERVICE_INTERACTION', interactionId: 'i-1', intent: 'FEE_WAIVER' },
  { kind: 'JOURNEY', placement: 'home' },
  OF_ENGINE_1,
])('%j is shown with its ids, and null for those it has none of', (trigger) => {
  expect(triggerView(trigger)).toEqual({ ...NONE, ...trigger });
});
