#!/usr/bin/env bash
# ml-cart 2.1.1, the trees of ml-random-forest 2.1.0: a regression tree refuses a perfect split.
#
# One would guess: a column that parts buyers from others without a single error is split first.
# What happens: the "gain" that must exceed `gainThreshold` (.01) is, for regression, the squared
# error that is left. A perfect split leaves 0, so the node becomes a leaf and every row gets the
# mean. Spoil one label, and the tree separates all other rows. A lower threshold does not help.
# Who feels it: everyone scored by the forest. The strongest signal of a product scores as chance.
# Instead: train elsewhere and use the library's format for exchange. Its classifier does split.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install ml-cart@2.1.1 ml-random-forest@2.1.0

program <<'JS'
import { DecisionTreeClassifier, DecisionTreeRegression } from 'ml-cart';
import { RandomForestRegression } from 'ml-random-forest';

const balances = Array.from({ length: 100 }, (_, index) => [index]);
const bought = balances.map(([balance]) => (balance >= 50 ? 1 : 0));
const oneSpoilt = bought.with(5, 1);
const poorAndRich = [[20], [80]];

function scores(tree, labels) {
  tree.train(balances, labels);
  return tree.predict(poorAndRich).join(' ');
}

const lenient = { gainThreshold: -1 };
console.log('perfect split:', scores(new DecisionTreeRegression(), bought));
console.log('perfect split, threshold -1:', scores(new DecisionTreeRegression(lenient), bought));
console.log('one label spoilt:', scores(new DecisionTreeRegression(), oneSpoilt));
console.log('classifier, perfect split:', scores(new DecisionTreeClassifier(), bought));

const forest = new RandomForestRegression({ nEstimators: 20, seed: 1, noOOB: true });
forest.train(balances, bought);
const [poor, rich] = forest.predict(poorAndRich);
console.log('forest tells them apart:', poor !== rich);
JS

expected <<'TEXT'
perfect split: 0.5 0.5
perfect split, threshold -1: 0.5 0.5
one label spoilt: 0 1
classifier, perfect split: 0 1
forest tells them apart: false
TEXT
