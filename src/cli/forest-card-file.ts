import { z } from 'zod';
import type {
  ExchangeRefusal,
  ForeignCard,
  ForestImport,
} from '../app/learning/exchange-forest.ts';
import { isBusinessDate } from '../domain/business-date.ts';
import { isDuration } from '../domain/duration.ts';
import { FACT_USES } from '../domain/fact.ts';
import { ok, type Result, refuse } from '../domain/result.ts';

const ppm = z.int().min(0).max(1_000_000);
const anyPpm = z.int().min(0);
const count = z.int().min(0);
const text = z.string().trim().min(1).max(2000);
const date = z.string().refine(isBusinessDate, 'is no date such as 2025-12-31');

const SETTING = { minimumLeaf: count, featureSharePpm: ppm };

const SPEC = z.object({
  ...SETTING,
  trees: count,
  maximumDepth: count,
  bins: count,
  seed: count,
  leastPositives: count,
});

const RELIABILITY = z.array(z.object({ meanPpm: ppm, observedPpm: ppm, rows: count })).max(100);

const CURVES = z.object({
  reliability: RELIABILITY,
  distribution: z.array(z.object({ fromPpm: ppm, rows: count, positives: count })).max(100),
  dependence: z
    .array(
      z.object({
        name: text,
        unit: text.exactOptional(),
        points: z.array(z.object({ at: z.union([z.number(), z.string()]), ppm })).max(100),
      }),
    )
    .max(100),
});

const TUNING = z.object({
  trees: count,
  seed: count,
  criterion: z.literal('BETTER_BEYOND_CHANCE'),
  planned: z.object(SETTING),
  tried: z.array(
    z.object({
      ...SETTING,
      aucPpm: ppm,
      brierPpm: ppm,
      expectedAucPpm: z.int(),
      errorPpm: z.int().nonnegative(),
    }),
  ),
  chosen: z.object(SETTING),
});

const FIGURES = z.object({
  aucPpm: ppm,
  prAucPpm: ppm,
  brierPpm: ppm,
  ecePpm: ppm,
  liftAtTenthPpm: anyPpm,
  logLossPpm: anyPpm.exactOptional(),
});

const GROUP = z.object({
  attribute: z.enum(['AGE_BAND', 'SEX']),
  group: text,
  rows: count,
  positives: count,
  baseRatePpm: ppm,
  meanScorePpm: ppm,
  aucPpm: ppm.exactOptional(),
  calibrationRatioPpm: anyPpm.exactOptional(),
});

const COVERAGE = z.object({
  periods: z.array(z.object({ period: text, rows: count, positives: count })).max(200),
  missing: z.array(z.object({ name: text, sharePpm: ppm })).max(300),
  constant: z.array(text).max(300),
});

const CARD = z.object({
  owner: z.string().trim().min(1),
  predictsFor: z.object({ scope: z.enum(['ACTION', 'GROUP']), id: text }),
  target: z.object({ label: text, window: z.string().refine(isDuration, 'is no `P90D`') }),
  trainingWindow: z.object({ from: date, to: date }),
  rows: count,
  positives: count,
  permittedUses: z.array(z.enum(FACT_USES)),
  outOfBag: FIGURES,
  calibrated: z.object({ brierPpm: ppm, ecePpm: ppm }),
  spec: SPEC.exactOptional(),
  tuning: TUNING.exactOptional(),
  timeSplit: z
    .object({
      trainFrom: date,
      trainTo: date,
      testFrom: date,
      testTo: date,
      trainRows: count,
      trainPositives: count,
      testRows: count,
      testPositives: count,
      overlaps: z.boolean(),
      raw: FIGURES,
      calibrated: FIGURES,
      reliability: RELIABILITY.exactOptional(),
    })
    .exactOptional(),
  groups: z.array(GROUP).max(100).exactOptional(),
  origins: z.object({ live: count, backfill: count }).exactOptional(),
  coverage: COVERAGE.exactOptional(),
  memory: z.object({ estimatedBytes: count, bytesPerThread: count }).exactOptional(),
  curves: CURVES.exactOptional(),
  limits: z.array(text).max(100).exactOptional(),
});

const CALIBRATION = z
  .object({
    method: z.literal('ISOTONIC'),
    trees: z.int().min(1),
    steps: z.array(z.object({ fromSum: count, ppm })).min(1),
  })
  .refine(
    ({ steps }) =>
      steps[0]?.fromSum === 0 &&
      steps.every(({ fromSum, ppm }, k) => {
        const before = steps[k - 1];
        return before === undefined || (before.fromSum < fromSum && before.ppm <= ppm);
      }),
    { path: ['steps'], message: 'the steps start at 0 and rise' },
  );

/** A forest's document and its card, which may lie in a file of its own, held to their form. */
export function readForestDocument(
  id: string,
  texts: { readonly document: string; readonly card: string | null },
): Result<ForestImport, ExchangeRefusal> {
  const document = parsed(texts.document);
  const apart = texts.card === null ? undefined : parsed(texts.card);
  if (document === undefined || (apart === undefined && texts.card !== null)) {
    const at = document === undefined ? 'file' : '--card';
    return refuse({ code: 'NOT_JSON', at, message: 'this is no JSON: export the forest again' });
  }
  const { card: within, calibration: steps = null, digest = null } = membersOf(document);
  const given = apart ?? within;
  if (given === undefined) {
    const message = 'the forest has no card: give one with --card, naming its owner';
    return refuse({ code: 'CARD_MISSING', at: '/card', message });
  }
  const card = CARD.safeParse(given);
  if (!card.success) return wrongCard(card.error);
  const calibration = CALIBRATION.nullable().safeParse(steps);
  if (!calibration.success) {
    const [issue] = calibration.error.issues;
    const at = `/calibration/${issue?.path.join('/') ?? ''}`;
    return refuse({
      code: 'BAD_CALIBRATION',
      at,
      message: issue?.message ?? 'is no calibration',
    });
  }
  return ok({
    id,
    document,
    card: card.data satisfies ForeignCard,
    calibration: calibration.data,
    digest: typeof digest === 'string' ? digest : null,
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function membersOf(document: unknown): {
  readonly card?: unknown;
  readonly calibration?: unknown;
  readonly digest?: unknown;
} {
  return typeof document === 'object' && document !== null ? document : {};
}

function wrongCard(error: z.ZodError): Result<never, ExchangeRefusal> {
  const issue = error.issues.find(({ path }) => path[0] === 'owner') ?? error.issues[0];
  const at = `/card/${issue?.path.join('/') ?? ''}`;
  if (at === '/card/owner') {
    const message = 'the card names no owner: a forest nobody answers for is not taken';
    return refuse({ code: 'CARD_WITHOUT_OWNER', at, message });
  }
  return refuse({ code: 'BAD_CARD', at, message: issue?.message ?? 'is no card' });
}
