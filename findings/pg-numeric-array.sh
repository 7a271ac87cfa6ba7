#!/usr/bin/env bash
# pg 8.23.1: an amount keeps every digit, a list of amounts does not.
#
# One would guess: pg gives `numeric` as text so that no digit is lost, hence `numeric[]` as a list
# of texts.
# What happens: the elements of `numeric[]` are parsed as floats. `array_agg(amount)`, the usual
# way to fetch a customer's balances in one row, gives numbers: trailing zeros go, large amounts
# are a cent off. `bigint[]` does keep its digits.
# Who feels it: sums, digests and comparisons of amounts that travelled in a list.
# Instead: cast to `text[]`, or to integer minor units, in the statement.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

# The server's own code runs within the process and is asked over a socket, as any server is.
install pg@8.23.1 pg-types@2.2.0 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

program <<'JS'
import { join } from 'node:path';
import { cwd } from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, path: join(cwd(), '.s.PGSQL.5432') });
await server.start();
const client = new pg.Client({ host: cwd(), port: 5432, user: 'postgres', database: 'postgres' });
await client.connect();

const { rows } = await client.query(`
  select max(amount) as one, array_agg(amount) as list, array_agg(amount::text) as texts
  from (values (100.10::numeric(18, 2)), (90071992547409.93)) as balance (amount)
`);
for (const [name, value] of Object.entries(rows[0])) console.log(name, JSON.stringify(value));

await client.end();
await server.stop();
await db.close();
JS

expected <<'TEXT'
one "90071992547409.93"
list [100.1,90071992547409.94]
texts ["100.10","90071992547409.93"]
TEXT
