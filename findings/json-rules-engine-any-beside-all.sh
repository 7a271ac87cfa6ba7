#!/usr/bin/env bash
# json-rules-engine 7.3.1: `any` beside `all` silently switches `all` off, and so `not`.
#
# One would guess: a rule with both `all` and `any` needs both, or is refused.
# What happens: one group is read, in the order any, all, not; the others are dropped without a
# word. The rule below asks for an adult who is premium or employed, and fits a premium child.
# Who feels it: customers who get what the rule was written to keep from them.
# Instead: nest the groups in one `all`, and refuse a rule that has two of them.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install json-rules-engine@7.3.1

program <<'JS'
import { Engine } from 'json-rules-engine';

const adult = { fact: 'age', operator: 'greaterThanInclusive', value: 18 };
const premium = { fact: 'segment', operator: 'equal', value: 'PREMIUM' };
const employed = { fact: 'employed', operator: 'equal', value: true };
const blocked = { fact: 'blocked', operator: 'equal', value: true };
const child = { age: 12, segment: 'PREMIUM', employed: false, blocked: true };

async function fits(conditions) {
  const engine = new Engine([{ conditions, event: { type: 'loan' } }]);
  const { events } = await engine.run(child);
  return events.length === 1;
}

console.log('all beside any:', await fits({ all: [adult], any: [premium, employed] }));
console.log('nested:', await fits({ all: [adult, { any: [premium, employed] }] }));
console.log('all beside not:', await fits({ all: [premium], not: blocked }));
JS

expected <<'TEXT'
all beside any: true
nested: false
all beside not: true
TEXT
