import { z } from 'zod';
import type {
  ExchangeRefusal,
  ForeignCard,
  ForestImport,
} from '../app/learning/exchanging/exchange-forest.ts';
import { isBusinessDate } from '../domain/business-date.ts';
import { isDuration } from '../domain/duration.ts';
import { FACT_USES } from '../domain/fact.ts';
import { isLine } from '../domain/id.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { formWords } from './form-words.ts';

const ppm = z.int().min(0).max(1_000_000);
const anyPpm = z.int().min(0);
const count = z.int().min(0);
const text = z
  .string()
  .max(2000)
  // A database keeps neither half a letter nor control characters.
  .refine(
    (one) => one.trim() !== '' && isLine(one),
    'it is empty or holds characters that cannot be kept: write it in plain letters',
  );
const date = z.string().refine(isBusinessDate, 'it is no day: write one such as `2025-12-31`');

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
  owner: text,
  predictsFor: z.object({ scope: z.enum(['ACTION', 'GROUP']), id: text }).exactOptional(),
  target: z
    .object({
      label: text,
      window: z.string().refine(isDuration, 'it is no span: write one such as `P90D`'),
    })
    .exactOptional(),
  trainingWindow: z.object({ from: date, to: date }),
  rows: count,
  positives: count,
  permittedUses: z.array(z.enum(FACT_USES)).exactOptional(),
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
    { path: ['steps'], message: 'steps start at `fromSum` 0, and both members rise: sort them' },
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
  const { card: within, calibration: steps = null, ...digests } = membersOf(document);
  const { digest = null, documentDigest = null } = digests;
  for (const [name, value] of Object.entries({ digest, documentDigest })) {
    if (value === null || typeof value === 'string') continue;
    const message =
      'it is no text such as `sha256:...`: export the forest again, or leave it out';
    return refuse({ code: 'DIGEST_MISMATCH', at: `/${name}`, message });
  }
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
      message: issue ? formWords(issue) : 'it is no calibration',
    });
  }
  return ok({
    id,
    document,
    card: card.data satisfies ForeignCard,
    calibration: calibration.data,
    digest: typeof digest === 'string' ? digest : null,
    // A card in a file of its own was not part of the export.
    documentDigest:
      typeof documentDigest === 'string' && apart === undefined ? documentDigest : null,
  });
}

function parsed(json: string): unknown {
  try {
    // Editors on Windows begin a file with a byte order mark, which is no JSON.
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function membersOf(document: unknown): {
  readonly card?: unknown;
  readonly calibration?: unknown;
  readonly digest?: unknown;
  readonly documentDigest?: unknown;
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
  return refuse({ code: 'BAD_CARD', at, message: issue ? formWords(issue) : 'it is no card' });
}
