import type { Outcome } from './arrivals.ts';

/** What a phase of load came to. */
export interface PhaseFigures {
  readonly name: string;
  readonly askedPerS: number;
  readonly goodPerS: number;
  readonly refusedPerS: number;
  readonly failed: number;
  readonly acceptedP50Ms: number;
  readonly acceptedP99Ms: number;
  readonly refusalP50Ms: number;
  readonly refusalP99Ms: number;
}

/** The figures of a phase of so many seconds. */
export function figuresOf(
  name: string,
  outcomes: readonly Outcome[],
  seconds: number,
): PhaseFigures {
  const of = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind);
  const [good, refused] = [of('DECIDED'), of('REFUSED')];
  const accepted = good.map((one) => one.sinceDueMs);
  const refusals = refused.map((one) => one.sinceSentMs);
  return {
    name,
    askedPerS: outcomes.length / seconds,
    goodPerS: good.length / seconds,
    refusedPerS: refused.length / seconds,
    failed: of('FAILED').length,
    acceptedP50Ms: quantile(accepted, 0.5),
    acceptedP99Ms: quantile(accepted, 0.99),
    refusalP50Ms: quantile(refusals, 0.5),
    refusalP99Ms: quantile(refusals, 0.99),
  };
}

/** Phases as the rows of a table. */
export function phaseTable(phases: readonly PhaseFigures[]): readonly object[] {
  return phases.map(({ name, failed, ...figures }) => ({
    phase: name,
    'asked/s': round(figures.askedPerS),
    'good/s': round(figures.goodPerS),
    'refused/s': round(figures.refusedPerS),
    failed,
    'accepted p50 ms': round(figures.acceptedP50Ms),
    'accepted p99 ms': round(figures.acceptedP99Ms),
    'refusal p50 ms': round(figures.refusalP50Ms),
    'refusal p99 ms': round(figures.refusalP99Ms),
  }));
}

/** What happened in each span of so many seconds, by when a request was due. */
export function timeline(outcomes: readonly Outcome[], spanS: number): readonly object[] {
  const spans = Map.groupBy(outcomes, ({ dueMs }) => Math.floor(dueMs / 1_000 / spanS));
  return [...spans].map(([span, some]) => {
    const figures = figuresOf('', some, spanS);
    return {
      'from s': span * spanS,
      'asked/s': round(figures.askedPerS),
      'good/s': round(figures.goodPerS),
      'refused/s': round(figures.refusedPerS),
      'accepted p99 ms': round(figures.acceptedP99Ms),
      'refusal p99 ms': round(figures.refusalP99Ms),
    };
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value);
}
