#!/usr/bin/env bash
# json-rules-engine 7.3.1: an `any` of nothing is true.
#
# One would guess: none of no conditions holds, so it is false, as `[].some()` in JavaScript is.
# What happens: an empty group is true, whichever group it is. A rule that permits a customer where
# any of its exceptions applies permits everybody once the last exception is taken out.
# Who feels it: an editor that removes the last row of a list turns "nobody" into "everybody".
# Instead: refuse an empty group when a rule is loaded.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install json-rules-engine@7.3.1

program <<'JS'
import { Engine } from 'json-rules-engine';

const staff = { fact: 'segment', operator: 'equal', value: 'STAFF' };

async function permitted(exceptions) {
  const engine = new Engine([{ conditions: { any: exceptions }, event: { type: 'permit' } }]);
  const { events } = await engine.run({ segment: 'RETAIL' });
  return events.length === 1;
}

console.log('one exception that does not apply:', await permitted([staff]));
console.log('no exception left:', await permitted([]));
console.log('JavaScript:', [].some(() => true));
JS

expected <<'TEXT'
one exception that does not apply: false
no exception left: true
JavaScript: false
TEXT
