#!/usr/bin/env bash
# simple-statistics 7.12.1: no result of a test can be more certain than one in five hundred.
#
# One would guess: `cumulativeStdNormalProbability` computes the normal distribution.
# What happens: it looks z up in a printed table, rounded to two digits, that ends at 3.09. Beyond
# that the answer is .999, whatever z is, so that a two-sided p-value is never below .002.
# Who feels it: whoever compares campaigns. With the threshold that 100 comparisons call for,
# .0005, no campaign ever wins, however large the difference.
# Instead: use `jStat.normal.cdf`, or compare z itself with a critical value.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install simple-statistics@7.12.1 jstat@1.9.6

program <<'JS'
import jstat from 'jstat';
import { cumulativeStdNormalProbability } from 'simple-statistics';

const twoSided = (probability) => Number((2 * (1 - probability)).toPrecision(2));
for (const z of [1.96, 3.09, 3.5, 5, 8]) {
  const table = twoSided(cumulativeStdNormalProbability(z));
  const computed = twoSided(jstat.jStat.normal.cdf(z, 0, 1));
  console.log(`z ${z}: p ${table} by the table, ${computed} computed`);
}
JS

expected <<'TEXT'
z 1.96: p 0.05 by the table, 0.05 computed
z 3.09: p 0.002 by the table, 0.002 computed
z 3.5: p 0.002 by the table, 0.00047 computed
z 5: p 0.002 by the table, 5.7e-7 computed
z 8: p 0.002 by the table, 1.3e-15 computed
TEXT
