import { type FactDeclaration, mayBeFeature } from '../../../domain/fact.ts';
import type { Calibration, Forest } from '../../../domain/forest.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { calibratedPpm } from '../../../engine/propensity/scoring/calibrated-ppm.ts';
import type { ExchangeRefusal, ForeignCard } from './exchange-forest.ts';

/** So many times off what the card counts, a calibrated score is no calibration. */
const GROSS = 10;

/** The first claim of a card that is not the rule set's to the letter; null if there is none. */
export function refuseClaims(
  card: ForeignCard,
  declared: ForestDeclaration,
): ExchangeRefusal | null {
  const claims = [
    ['predictsFor/scope', card.predictsFor?.scope, declared.predictsFor.scope],
    ['predictsFor/id', card.predictsFor?.id, declared.predictsFor.id],
    ['target/label', card.target?.label, declared.target.label],
    ['target/window', card.target?.window, declared.target.window],
    ['permittedUses', card.permittedUses && listed(card.permittedUses), usesOf(declared)],
  ] as const;
  const wrong = claims.find(([, said, holds]) => said !== undefined && said !== holds);
  if (wrong === undefined) return null;
  const [field, said, holds] = wrong;
  const [member] = field.split('/');
  const message =
    `the card says \`${said}\`, the rule set declares \`${holds}\` for \`${declared.id}\`: ` +
    `leave \`${member}\` out of the card, or import it as the forest that it is`;
  return { code: 'BAD_CARD', at: `/card/${field}`, message };
}

function usesOf({ permittedUses }: ForestDeclaration): string {
  return listed(permittedUses);
}

function listed(uses: readonly string[]): string {
  return [...new Set(uses)].toSorted().join(', ');
}

/** Counts and days of a card that no training can have had; null if all are possible. */
export function refuseImpossible(card: ForeignCard, trees: number): ExchangeRefusal | null {
  const { rows, positives, timeSplit, trainingWindow } = card;
  const wrong = (at: string, message: string): ExchangeRefusal => ({
    code: 'BAD_CARD',
    at: `/card/${at}`,
    message,
  });
  if (positives < 1 || positives >= rows) {
    const found = `${positives} of ${rows} rows cannot be positive`;
    const message = `${found}: give at least 1 of each kind`;
    return wrong('positives', message);
  }
  const backwards = [
    ['trainingWindow', trainingWindow.from, trainingWindow.to],
    ['timeSplit/trainFrom', timeSplit?.trainFrom, timeSplit?.trainTo],
    ['timeSplit/testFrom', timeSplit?.testFrom, timeSplit?.testTo],
  ].find(([, from, to]) => from !== undefined && to !== undefined && from > to);
  if (backwards !== undefined) {
    const [at = '', from, to] = backwards;
    return wrong(at, `it goes from \`${from}\` to \`${to}\`: write the earlier day first`);
  }
  const tooMany = countsOf(card).find(([, part, whole]) => part > whole);
  if (tooMany !== undefined) {
    const [at, part, whole] = tooMany;
    return wrong(at, `${part} of ${whole} rows cannot be positive: count them again`);
  }
  if (card.spec !== undefined && card.spec.trees !== trees) {
    const message = `the forest has ${trees} trees, not ${card.spec.trees}: leave \`spec\` out`;
    return wrong('spec/trees', message);
  }
  return null;
}

/** Each place of a card that counts positives among rows. */
function countsOf({ timeSplit, groups, coverage, curves }: ForeignCard) {
  const each = (
    at: string,
    counts: readonly { readonly rows: number; readonly positives: number }[] = [],
  ) => counts.map(({ rows, positives }, k) => [`${at}/${k}`, positives, rows] as const);
  return [
    [
      'timeSplit/trainPositives',
      timeSplit?.trainPositives ?? 0,
      timeSplit?.trainRows ?? 0,
    ] as const,
    ['timeSplit/testPositives', timeSplit?.testPositives ?? 0, timeSplit?.testRows ?? 0] as const,
    ...each('groups', groups),
    ...each('coverage/periods', coverage?.periods),
    ...each('curves/distribution', curves?.distribution),
  ];
}

/**
 * A calibration whose steps the card's own share of positives belies: it lies outside all of them,
 * or a raw score equal to that share, or far above it, becomes something ten times off.
 */
export function refuseCalibration(
  calibration: Calibration,
  card: ForeignCard,
): ExchangeRefusal | null {
  const { steps, trees } = calibration;
  const share = card.positives / card.rows;
  const [least, most] = [(steps[0]?.ppm ?? 0) / 1e6, (steps.at(-1)?.ppm ?? 0) / 1e6];
  const said = (raw: number) => calibratedPpm(calibration, Math.round(raw * trees * 1e6)) / 1e6;
  const possible =
    least <= share * 1.1 &&
    most >= share * 0.9 &&
    said(share) <= Math.min(GROSS * share, 1 - (1 - share) / GROSS) &&
    said((1 + share) / 2) >= share / GROSS;
  if (possible) return null;
  const message =
    `the card counts ${card.positives} positives of ${card.rows} rows, which its steps from ` +
    `${steps[0]?.ppm} to ${steps.at(-1)?.ppm} ppm cannot have come from: calibrate on rows ` +
    'kept apart, or leave `calibration` out';
  return { code: 'BAD_CALIBRATION', at: '/calibration/steps', message };
}

/** The first feature of a forest that no fact sheet could give it; null if all could be read. */
export function refuseFeatures(
  { features }: Forest,
  facts: readonly FactDeclaration[],
): ExchangeRefusal | null {
  for (const [f, { name, kind }] of features.entries()) {
    const fact = facts.find((declared) => declared.name === name);
    const why = whyUnreadable(fact, kind);
    if (why === null) continue;
    const next = 'train without it, or declare it so in the feature catalogue';
    return { code: 'BAD_FEATURES', at: `/features/${f}`, message: `\`${name}\` ${why}: ${next}` };
  }
  return null;
}

function whyUnreadable(fact: FactDeclaration | undefined, kind: string): string | null {
  if (fact === undefined) return 'is no fact of the rule set';
  if (!fact.permittedUses.includes('propensity')) return 'is not permitted for propensity';
  if (!mayBeFeature(fact)) return `is a ${fact.type} of origin ${fact.origin}, no feature`;
  if ((kind === 'category') === (fact.type === 'code')) return null;
  return `is a ${fact.type}, which no forest reads as a ${kind}`;
}
