import type { Prediction } from '../app/learning/evaluating/evaluation.ts';
import { openWhole } from './whole-file.ts';

/** A file of predictions as they come; it has its name once it is kept. */
export interface Predictions {
  readonly take: (one: Prediction) => void;
  readonly keep: () => void;
  readonly drop: () => void;
}

interface Files {
  readonly csv: string;
  readonly split?: string;
  readonly predictions?: string;
}

const BLOCK_LINES = 4096;

/** Opens `--predictions`, where it was given, before anything is read. */
export function openPredictions({ csv, split, predictions }: Files): Predictions | null {
  if (predictions === undefined) return null;
  const inputs = split === undefined ? [csv] : [csv, split];
  const file = openWhole({ path: predictions, option: '--predictions', inputs });
  let lines = ['row_id,part,seed,raw,calibrated\n'];
  const flush = () => {
    file.write(lines.join(''));
    lines = [];
  };
  return {
    take: ({ row, part, seed, rawPpm, calibratedPpm }) => {
      lines.push(`${row},${part},${seed},${rawPpm / 1e6},${calibratedPpm / 1e6}\n`);
      if (lines.length >= BLOCK_LINES) flush();
    },
    keep: () => {
      flush();
      file.keep();
    },
    drop: file.drop,
  };
}
