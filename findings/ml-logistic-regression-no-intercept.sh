#!/usr/bin/env bash
# ml-logistic-regression 2.0.0: the model has no intercept.
#
# One would guess: as nearly every logistic regression does, it fits one weight more than columns.
# What happens: there is none, so the boundary runs through 0. A column that is never negative, as
# an age, a balance or a share, puts all customers on one side; all zeros are even odds.
# Who feels it: the baseline that forests are compared with calls all but one a buyer, however
# clear the signal, and any forest looks good beside it.
# Instead: add a column of ones.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install ml-logistic-regression@2.0.0 ml-matrix@6.15.1

program <<'JS'
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const LogisticRegression = require('ml-logistic-regression');
const { Matrix } = require('ml-matrix');

const shareOfLimitUsed = Array.from({ length: 100 }, (_, index) => [index / 100]);
const bought = shareOfLimitUsed.map(([share]) => (share >= 0.5 ? 1 : 0));

function rightOf100(widen) {
  const rows = new Matrix(shareOfLimitUsed.map(widen));
  const model = new LogisticRegression({ numSteps: 20_000, learningRate: 0.01 });
  model.train(rows, Matrix.columnVector(bought));
  const found = model.predict(rows);
  const right = found.filter((label, index) => label === bought[index]).length;
  return `${right} right, ${found.filter((label) => label === 1).length} called buyers`;
}

console.log('as given:', rightOf100((row) => row));
console.log('with a column of ones:', rightOf100((row) => [1, ...row]));
JS

expected <<'TEXT'
as given: 51 right, 99 called buyers
with a column of ones: 100 right, 50 called buyers
TEXT
