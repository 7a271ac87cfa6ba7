import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Capsule } from '../domain/decision.ts';
import type { TurnedAway } from '../graphql/admission/admit.ts';

/** What operators watch; labels hold codes only, never anything of a customer. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'nextbest_http_request_seconds',
    help: 'GraphQL requests by status',
    labelNames: ['status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const decisions = new Counter({
    name: 'nextbest_decisions_total',
    help: 'decisions recorded, by outcome and trigger',
    labelNames: ['outcome', 'trigger'],
    registers,
  });
  const degradations = new Counter({
    name: 'nextbest_degradations_total',
    help: 'parts of Customer360 that a decision had to do without',
    labelNames: ['part', 'failure'],
    registers,
  });
  const rebuilds = new Counter({
    name: 'nextbest_snapshot_rebuilds_total',
    help: 'snapshots built anew',
    registers,
  });
  const ready = new Gauge({ name: 'nextbest_ready', help: '1 when ready', registers });
  return {
    text: () => registry.metrics(),
    request: ({ status, ms }: { readonly status: number; readonly ms: number }) =>
      requests.observe({ status: String(status) }, ms / 1000),
    rebuild: () => rebuilds.inc(),
    ...jobMetrics(registers),
    ...coreMetrics(registers),
    ...doorMetrics(registers),
    ready: (is: boolean) => ready.set(is ? 1 : 0),
    decision: ({ decision, live }: Capsule) => {
      decisions.inc({ outcome: decision.outcome, trigger: live.trigger.kind });
      for (const { part, failure } of decision.degradations) degradations.inc({ part, failure });
    },
  };
}

/** What is counted of live cores. */
function coreMetrics(registers: Registry[]) {
  const dropped = new Counter({
    name: 'nextbest_core_records_dropped_total',
    help: 'records that a live core told and that cannot be taken: their parts are unknown',
    labelNames: ['system', 'entity', 'code'],
    registers,
  });
  return {
    dropped: ({ system, entity, code, count }: RecordsDropped) =>
      dropped.inc({ system, entity, code }, count),
  };
}

/** What is counted of requests that nothing was done for. */
function doorMetrics(registers: Registry[]) {
  const turnedAway = new Counter({
    name: 'nextbest_turned_away_total',
    help: 'requests that found no place or no quota left, by reason and lane',
    labelNames: ['reason', 'lane'],
    registers,
  });
  return {
    turnedAway: ({ reason, lane }: TurnedAway) => turnedAway.inc({ reason, lane }),
  };
}

interface RecordsDropped {
  readonly system: string;
  readonly entity: string;
  readonly code: string;
  readonly count: number;
}

/** What a worker counts, inside a service or beside it. */
function jobMetrics(registers: Registry[]) {
  const disagreements = new Counter({
    name: 'nextbest_rule_disagreements_total',
    help: 'verdicts on which the two rule evaluators disagree: any is an alarm',
    registers,
  });
  const opinions = new Counter({
    name: 'nextbest_second_opinions_total',
    help: 'decisions that the second rule evaluator was asked about, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const jobs = new Histogram({
    name: 'nextbest_job_seconds',
    help: 'jobs tried by this process, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const undeliverable = new Gauge({
    name: 'nextbest_jobs_undeliverable',
    help: 'jobs that failed for good and wait for a person, by kind: any is an alarm',
    labelNames: ['kind'],
    registers,
  });
  return {
    undeliverable: (counts: ReadonlyMap<string, number>) => {
      for (const [kind, count] of counts) undeliverable.set({ kind }, count);
    },
    disagreement: () => disagreements.inc(),
    secondOpinion: (outcome: string) => opinions.inc({ outcome }),
    job: ({ kind, outcome, ms }: JobTried) => jobs.observe({ kind, outcome }, ms / 1000),
  };
}

interface JobTried {
  readonly kind: string;
  readonly outcome: 'DONE' | 'FAILED';
  readonly ms: number;
}

/** One registry a process; what is counted goes to whoever asks for `text`. */
export type Metrics = ReturnType<typeof createMetrics>;
