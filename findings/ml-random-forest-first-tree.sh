#!/usr/bin/env bash
# ml-random-forest 2.1.0: `predictProbability` does not count the vote of the first tree.
#
# One would guess: of ten trees that all vote 1, the probability of 1 is 1.
# What happens: the votes are summed by a `reduce` without an initial value. The first tree's vote
# is taken as the starting sum in millionths, so it counts as 0 or as .000001. The probabilities
# of both classes add up to .9 with ten trees, and to .5 with two.
# Who feels it: whoever sets a threshold, an expected value or a price on the probability: all are
# too low by up to 1 / trees, and two forests of different size do not compare.
# Instead: count `predictionValues(rows).getRow(0)` yourself, or average regression trees.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install ml-random-forest@2.1.0 ml-cart@2.1.1

program <<'JS'
import { RandomForestClassifier } from 'ml-random-forest';

const rows = Array.from({ length: 60 }, (_, index) => [index % 10, index % 2]);
const labels = rows.map(([balance]) => (balance >= 5 ? 1 : 0));

for (const nEstimators of [10, 2]) {
  const options = { nEstimators, seed: 1, noOOB: true, maxFeatures: 2, replacement: false };
  const forest = new RandomForestClassifier(options);
  forest.train(rows, labels);
  const rich = [[9, 1]];
  const votes = forest.predictionValues(rich).getRow(0);
  const [one] = forest.predictProbability(rich, 1);
  const [none] = forest.predictProbability(rich, 0);
  const ones = votes.filter((vote) => vote === 1).length;
  console.log(`${ones} of ${nEstimators} trees vote 1: P(1) ${one}, P(0) ${none}`);
}
JS

expected <<'TEXT'
10 of 10 trees vote 1: P(1) 0.900001, P(0) 0.000001
2 of 2 trees vote 1: P(1) 0.500001, P(0) 0.000001
TEXT
