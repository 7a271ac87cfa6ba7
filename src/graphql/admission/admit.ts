import type { Viewer } from '../../app/ports/identity.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { type HttpRefusal, OVERLOADED } from '../http-refusal.ts';
import type { GateSenses } from './gate.ts';
import { createLanes, type Lane, laneOf } from './lanes.ts';
import { createQuotas, type QuotaSettings, type Quotas, type UsedUp } from './quotas.ts';

/** Why a request was turned away at the door. */
export interface TurnedAway {
  readonly reason: 'OVERLOADED' | 'QUOTA_EXCEEDED';
  readonly lane: Lane;
}

/** What the door of a service goes by. */
export interface AdmissionSettings {
  readonly quotas: QuotaSettings;
  readonly senses: GateSenses;
  readonly onTurnedAway: (turned: TurnedAway) => void;
}

/** Who comes in, before anything else is done for them. */
export interface Admission {
  /** Lets a request in, or says why not; who is let in calls what it is given when it ends. */
  admit(viewer: Viewer): Result<() => void, HttpRefusal>;
  /** What a decision for a channel is refused by; undefined where it may be made now. */
  refusalOf(channel: string, viewer: Viewer): HttpRefusal | undefined;
}

/** Makes the door of one process. Quotas come first: who is over one is refused at any load. */
export function createAdmission(settings: AdmissionSettings): Admission {
  const { senses, onTurnedAway } = settings;
  const lanes = createLanes(senses);
  const quotas: Quotas = createQuotas(settings.quotas, senses.nowMs);
  return {
    admit(viewer) {
      const lane = laneOf(viewer);
      const usedUp = quotas.takeClient(viewer.client ?? viewer.subject);
      if (usedUp !== undefined) {
        onTurnedAway({ reason: 'QUOTA_EXCEEDED', lane });
        return refuse(quotaExceeded('this client may ask', usedUp));
      }
      const gate = lanes[lane];
      if (gate.enter()) return ok(() => gate.leave());
      onTurnedAway({ reason: 'OVERLOADED', lane });
      return refuse(OVERLOADED);
    },
    refusalOf(channel, viewer) {
      const usedUp = quotas.takeChannel(channel);
      if (usedUp === undefined) return undefined;
      onTurnedAway({ reason: 'QUOTA_EXCEEDED', lane: laneOf(viewer) });
      return quotaExceeded(`all of channel ${channel} may decide`, usedUp);
    },
  };
}

function quotaExceeded(who: string, { quota, waitMs }: UsedUp): HttpRefusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return {
    status: 429,
    code: 'QUOTA_EXCEEDED',
    message:
      `${who} ${quota.perSecond} times a second, ${quota.burst} at once; ` +
      `nothing was recorded, ask again in ${seconds} s`,
    headers: { 'retry-after': String(seconds) },
  };
}
