import type { ModelCard } from '../../../domain/model-card.ts';
import type { TimedFigures } from './split-by-time.ts';

const FEW_POSITIVES = 200;
const WIDE_ECE_PPM = 10_000;
/** A loss of AUC between out of bag and later rows that a reader should hear of. */
const WIDE_LOSS_PPM = 20_000;
/** What is said over what happened, beyond which a group is misjudged. */
const WIDE_RATIO_PPM = 200_000;
const FEW_GROUP_POSITIVES = 50;
const MUCH_MISSING_PPM = 500_000;

/** What follows from how the forest was made; an owner adds what only the business knows. */
export function limitsOf(card: ModelCard, byTime: TimedFigures | string): readonly string[] {
  const { from, to } = card.trainingWindow;
  const uses = card.permittedUses.join(', ');
  return [
    `it learned from ${from} to ${to}; outcomes of other times may differ`,
    'it says who tends to respond, not whom an offer changes',
    `its score serves ${uses === '' ? 'no use' : uses} and nothing else`,
    ...timeLimits(card, byTime),
    ...(card.positives < FEW_POSITIVES
      ? [`only ${card.positives} rows were positive: its figures are uncertain`]
      : []),
    ...(card.calibrated.ecePpm > WIDE_ECE_PPM
      ? ['its calibrated scores miss the outcomes by more than one in a hundred']
      : []),
    ...groupLimits(card),
    ...coverageLimits(card),
  ];
}

function timeLimits({ outOfBag }: ModelCard, byTime: TimedFigures | string): readonly string[] {
  if (typeof byTime === 'string') return [`it was not judged by later rows: ${byTime}`];
  const lost = outOfBag.aucPpm - byTime.raw.aucPpm;
  return [
    ...(lost > WIDE_LOSS_PPM
      ? [`on later rows its AUC is ${(lost / 1_000_000).toFixed(3)} less than out of bag`]
      : []),
    ...(byTime.overlaps
      ? ['some outcomes of the early rows were still open on the first late day']
      : []),
  ];
}

function groupLimits({ groups = [] }: ModelCard): readonly string[] {
  return groups.flatMap(({ attribute, group, positives, calibrationRatioPpm }) => {
    if (calibrationRatioPpm === undefined || positives < FEW_GROUP_POSITIVES) return [];
    if (Math.abs(calibrationRatioPpm - 1_000_000) <= WIDE_RATIO_PPM) return [];
    const ratio = (calibrationRatioPpm / 1_000_000).toFixed(2);
    const whom = `${attribute === 'SEX' ? 'sex' : 'age'} ${group}`;
    return [`of ${whom} it says ${ratio} times what happens`];
  });
}

function coverageLimits({ coverage, origins }: ModelCard): readonly string[] {
  const scarce = (coverage?.missing ?? []).filter(({ sharePpm }) => sharePpm > MUCH_MISSING_PPM);
  return [
    ...(scarce.length === 0
      ? []
      : [`more than half of the rows lack ${scarce.map(({ name }) => name).join(', ')}`]),
    ...(origins?.live === 0
      ? ['no row is of a day on which it was decided: all facts were derived afterwards']
      : []),
  ];
}
