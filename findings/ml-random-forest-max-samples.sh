#!/usr/bin/env bash
# ml-random-forest 2.1.0: `maxSamples` takes the first rows of the table, not a draw of them.
#
# One would guess: as elsewhere, each tree draws that share of the rows at random.
# What happens: the table is cut after that many rows, once, before any tree draws. Rows in order
# of date train on the oldest alone, and rows in order of outcome lose an outcome altogether.
# The fraction 1.0 is the integer 1, hence a single row.
# Who feels it: everyone scored. Here nobody ever buys, whatever the forest is asked.
# Instead: leave `maxSamples` out and draw (or shuffle) the rows before training.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install ml-random-forest@2.1.0 ml-cart@2.1.1

program <<'JS'
import { RandomForestClassifier } from 'ml-random-forest';

const rows = Array.from({ length: 100 }, (_, index) => [index, (index * 37) % 100]);
const labels = rows.map(([balance]) => (balance >= 50 ? 1 : 0));

function buyers(maxSamples) {
  const forest = new RandomForestClassifier({
    nEstimators: 20,
    seed: 1,
    noOOB: true,
    maxFeatures: 2,
    replacement: false,
    ...(maxSamples === undefined ? {} : { maxSamples }),
  });
  forest.train(rows, labels);
  const found = forest.predict(rows).filter((label) => label === 1).length;
  return `${found} (trained on ${forest.numberSamples} rows)`;
}

console.log('buyers among 100 rows of which 50 bought');
console.log('without maxSamples:', buyers(undefined));
console.log('maxSamples .5:', buyers(0.5));
console.log('maxSamples 1.0:', buyers(1.0));
JS

expected <<'TEXT'
buyers among 100 rows of which 50 bought
without maxSamples: 50 (trained on 100 rows)
maxSamples .5: 0 (trained on 50 rows)
maxSamples 1.0: 0 (trained on 1 rows)
TEXT
