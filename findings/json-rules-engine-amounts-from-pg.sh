#!/usr/bin/env bash
# json-rules-engine 7.3.1 and pg 8.23.1: two amounts from the database compare letter by letter.
#
# One would guess: `greaterThan` compares numbers; the library refuses what is no number.
# What happens: pg gives `numeric` as text, to keep every digit. The rule engine accepts a text
# that parses as a number, and then applies `>` to what it was given. Against a number written in
# the rule that converts; against another fact from the database two texts are compared, and
# "1000.00" is less than "999.00" since 1 comes before 9.
# Who feels it: verdicts on balance against limit, right in tests whose amounts have equally many
# digits. `bigint` columns arrive as text as well.
# Instead: turn amounts into integer minor units before any rule sees them.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install json-rules-engine@7.3.1 pg@8.23.1

program <<'JS'
import { Engine } from 'json-rules-engine';
import pg from 'pg';

const fromDatabase = pg.types.getTypeParser(pg.types.builtins.NUMERIC);
const balance = fromDatabase('1000.00');
const limit = fromDatabase('999.00');

async function above(value) {
  const conditions = { all: [{ fact: 'balance', operator: 'greaterThan', value }] };
  const engine = new Engine([{ conditions, event: { type: 'above' } }]);
  const { events } = await engine.run({ balance, limit });
  return events.length === 1;
}

console.log('1000.00 above 999 as written in the rule:', await above(999));
console.log('1000.00 above 999.00 as another fact:', await above({ fact: 'limit' }));
JS

expected <<'TEXT'
1000.00 above 999 as written in the rule: true
1000.00 above 999.00 as another fact: false
TEXT
