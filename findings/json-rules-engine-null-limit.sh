#!/usr/bin/env bash
# json-rules-engine 7.3.1: an unknown fact fails a comparison, an unknown limit counts as zero.
#
# One would guess: `income >= requiredIncome` with an unknown on either side is false.
# What happens: only the left side is checked for being a number. A `null` on the left is false; a
# `null` or an empty text on the right is converted to 0, so "at least" holds for every income.
# Who feels it: where the source of a limit does not answer, or a cell is empty, everybody passes.
# Instead: compare only what is known, and decide what unknown means before the library is asked.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install json-rules-engine@7.3.1

program <<'JS'
import { Engine } from 'json-rules-engine';

const enough = { fact: 'income', operator: 'greaterThanInclusive', value: { fact: 'required' } };

for (const facts of [
  { income: 1_000, required: 30_000 },
  { income: null, required: 30_000 },
  { income: 1_000, required: null },
  { income: 1_000, required: '' },
]) {
  const engine = new Engine([{ conditions: { all: [enough] }, event: { type: 'loan' } }]);
  const { events } = await engine.run(facts);
  console.log(JSON.stringify(facts), events.length === 1 ? 'fits' : 'does not fit');
}
JS

expected <<'TEXT'
{"income":1000,"required":30000} does not fit
{"income":null,"required":30000} does not fit
{"income":1000,"required":null} fits
{"income":1000,"required":""} fits
TEXT
