#!/usr/bin/env bash
# MikroORM 7.2.1 on PostgreSQL: a decimal property without a scale rounds the cents away.
#
# One would guess: `p.decimal()` makes a column `numeric`, which in PostgreSQL keeps every digit.
# What happens: the column is `numeric(10,0)`. 12.50 is stored as 13 without an error, and the
# object that was saved goes on saying 12.50 until another request reads it.
# Who feels it: every amount, by up to half a unit; and no test that reads its own object back
# from the same unit of work notices.
# Instead: state precision and scale, or keep money in a bigint of minor units.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

# The server's own code runs within the process and is asked over a socket, as any server is.
install @mikro-orm/core@7.2.1 @mikro-orm/postgresql@7.2.1 @mikro-orm/sql@7.2.1 \
  @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

program <<'JS'
import { join } from 'node:path';
import { cwd } from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, path: join(cwd(), '.s.PGSQL.5432') });
await server.start();
const Fee = defineEntity({
  name: 'Fee',
  properties: {
    id: p.integer().primary(),
    amount: p.decimal(),
    scaled: p.decimal().precision(18).scale(2),
  },
});
const orm = await MikroORM.init({
  entities: [Fee],
  dbName: 'postgres',
  user: 'postgres',
  host: cwd(),
  port: 5432,
  pool: { min: 1, max: 1 },
});
await orm.schema.create();

const saving = orm.em.fork();
const fee = saving.create(Fee, { id: 1, amount: '12.50', scaled: '12.50' });
await saving.flush();
console.log('after saving:', fee.amount, fee.scaled);
const read = await orm.em.fork().findOneOrFail(Fee, 1);
console.log('read again:', read.amount, read.scaled);

await orm.close();
await server.stop();
await db.close();
JS

expected <<'TEXT'
after saving: 12.50 12.50
read again: 13 12.50
TEXT
