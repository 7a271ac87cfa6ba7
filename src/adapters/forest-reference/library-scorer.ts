import { RandomForestRegression } from 'ml-random-forest';
import type { ReferenceScorer } from '../../app/ports/reference-scorer.ts';

/** ml-random-forest itself, loading the forest from JSON as anyone else would. */
export const scoreByLibrary: ReferenceScorer = (document, rows) =>
  RandomForestRegression.load(JSON.parse(JSON.stringify(document))).predict(
    rows.map((row) => [...row]),
  );
