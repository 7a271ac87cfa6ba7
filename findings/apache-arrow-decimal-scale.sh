#!/usr/bin/env bash
# apache-arrow 21.2.0: a decimal column reads as amounts a hundred times too large.
#
# One would guess: 123.45 of a DECIMAL(18, 2) column is 123.45, or at least the text of it.
# What happens: text, number and the printed table give the digits without the scale: 12345. JSON
# quotes it twice. Only `valueOf(scale)` places the point, and it answers a float.
# Who feels it: balances from a warehouse's Arrow or Feather files, silently in cents where the
# column of another type was in euro.
# Instead: take the digits as integer minor units on purpose, by the scale in the schema.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install apache-arrow@21.2.0

program <<'JS'
import { Decimal, Table, makeBuilder, tableFromIPC, tableToIPC } from 'apache-arrow';

const scale = 2;
const column = makeBuilder({ type: new Decimal(scale, 18, 128) });
column.append(new Uint32Array(new BigInt64Array([12_345n, 0n]).buffer));
const written = tableToIPC(new Table({ amount: column.finish().toVector() }));

const table = tableFromIPC(written);
const { type } = table.schema.fields[0];
const { amount } = table.get(0);
console.log(`DECIMAL(${type.precision}, ${type.scale})`);
console.log('text:', `${amount}`);
console.log('number:', Number(amount));
console.log('row as JSON:', JSON.stringify(table.get(0)));
console.log('with the scale:', amount.valueOf(type.scale));
JS

expected <<'TEXT'
DECIMAL(18, 2)
text: 12345
number: 12345
row as JSON: {"amount":"\"12345\""}
with the scale: 123.45
TEXT
