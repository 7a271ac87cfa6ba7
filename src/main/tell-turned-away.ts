import type { Logger } from 'pino';
import type { TurnedAway } from '../graphql/admission/admit.ts';
import type { Metrics } from './metrics.ts';
import { atMostEvery } from './service-log.ts';

/** An overload goes on for a while: now and then is enough. */
const TOLD_EVERY_MS = 10_000;

/** Counts the requests that were turned away at the door, and logs now and then that some are. */
export function tellTurnedAway({
  metrics,
  logger,
}: {
  readonly metrics: Pick<Metrics, 'turnedAway'>;
  readonly logger: Pick<Logger, 'warn'>;
}): (turned: TurnedAway) => void {
  const tellers = {
    OVERLOADED: atMostEvery(TOLD_EVERY_MS, (turned: TurnedAway) =>
      logger.warn(turned, 'more is asked than can be answered: some are told to come again'),
    ),
    QUOTA_EXCEEDED: atMostEvery(TOLD_EVERY_MS, (turned: TurnedAway) =>
      logger.warn(turned, 'a client or channel asks more than its quota'),
    ),
  };
  return (turned) => {
    metrics.turnedAway(turned);
    tellers[turned.reason](turned);
  };
}
