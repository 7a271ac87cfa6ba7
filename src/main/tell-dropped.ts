import type { Logger } from 'pino';
import type { CoreReadingsDeps } from '../app/intake/core-readings.ts';
import type { Metrics } from './metrics.ts';
import { atMostEvery } from './service-log.ts';

/** A core that is broken for everybody is told of by each reading: now and then is enough. */
const TOLD_EVERY_MS = 10_000;

/** What an operator sees of lost records: how many of which kind, and never whose. */
interface Lost {
  readonly system: string;
  readonly entity: string;
  readonly code: string;
  readonly count: number;
}

/** Counts the records that a core gave and nobody may believe, and logs each kind of them. */
export function tellDropped({
  metrics,
  logger,
}: {
  readonly metrics: Pick<Metrics, 'dropped'>;
  readonly logger: Pick<Logger, 'warn'>;
}): NonNullable<CoreReadingsDeps['onDropped']> {
  const tellers = new Map<string, (lost: Lost) => void>();
  const tellerOf = ({ system, entity, code }: Lost) => {
    const kind = `${system} ${entity} ${code}`;
    const teller =
      tellers.get(kind) ??
      atMostEvery(TOLD_EVERY_MS, (lost: Lost) =>
        logger.warn(lost, 'a core told records that cannot be taken: their parts are unknown'),
      );
    tellers.set(kind, teller);
    return teller;
  };
  return (system, dropped) => {
    const kinds = Map.groupBy(dropped, ({ entity, code }) => `${entity} ${plain(code)}`);
    for (const [first, ...others] of kinds.values()) {
      if (first === undefined) continue;
      const { entity, code } = first;
      const lost = { system, entity, code: plain(code), count: others.length + 1 };
      metrics.dropped(lost);
      tellerOf(lost)(lost);
    }
  };
}

/** A code is a name of ours; what is none may be a word of the core's, which a log must not. */
function plain(code: string): string {
  return /^[A-Z][A-Z_]{0,39}$/.test(code) ? code : 'OTHER';
}
