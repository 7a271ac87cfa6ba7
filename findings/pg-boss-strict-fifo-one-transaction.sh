#!/usr/bin/env bash
# pg-boss 12.38.0 on PostgreSQL: first in, first out does not hold within a transaction.
#
# One would guess: a queue of policy `key_strict_fifo` hands out the jobs of one key in the order in
# which they were queued, all the more when one transaction queued them one after another.
# What happens: the order is that of `created_on`, then of `id`. `created_on` is `now()`, the start
# of the transaction and one value for all its jobs, and ids are random: they come out shuffled,
# sent one after another as much as all at once.
# Who feels it: whoever queues a customer's events beside the rows that they tell of, for which a
# job queue is kept in the database: a payment is handled before the order that it pays.
# Instead: give ascending ids, such as UUIDs of version 7 with a counter, or queue one job that
# holds the whole list.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

# The server's own code runs within the process and is asked over a socket, as any server is.
install pg-boss@12.38.0 pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

program <<'JS'
import { join } from 'node:path';
import { cwd } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { PgBoss } from 'pg-boss';

const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, path: join(cwd(), '.s.PGSQL.5432') });
await server.start();
const boss = new PgBoss({
  host: cwd(),
  port: 5432,
  user: 'postgres',
  database: 'postgres',
  max: 1,
  supervise: false,
  schedule: false,
});
await boss.start();

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
const singletonKey = 'customer 1';
const ascendingId = (number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

async function inOneTransaction(insert) {
  const { db, commit } = await boss.getDb().beginTransaction();
  await insert(db);
  await commit();
}

const ways = {
  'one after another': (queue) =>
    inOneTransaction(async (db) => {
      for (const number of numbers) await boss.send(queue, { number }, { singletonKey, db });
    }),
  'all at once': (queue) =>
    inOneTransaction(async (db) => {
      const jobs = numbers.map((number) => ({ data: { number }, singletonKey }));
      await boss.insert(queue, jobs, { db });
    }),
  'with ascending ids': (queue) =>
    inOneTransaction(async (db) => {
      for (const number of numbers) {
        await boss.send(queue, { number }, { id: ascendingId(number), singletonKey, db });
      }
    }),
  'in 20 transactions': async (queue) => {
    for (const number of numbers) {
      await boss.send(queue, { number }, { singletonKey });
      await setTimeout(5);
    }
  },
};

for (const [way, insert] of Object.entries(ways)) {
  const queue = way.replaceAll(' ', '-');
  await boss.createQueue(queue, { policy: 'key_strict_fifo' });
  await insert(queue);

  const handled = [];
  const ids = [];
  for (;;) {
    const [job] = await boss.fetch(queue);
    if (job === undefined) break;
    handled.push(job.data.number);
    ids.push(job.id);
    await boss.complete(queue, job.id);
  }
  const order = String(handled) === String(numbers) ? 'as queued' : 'shuffled';
  const byId = String(ids) === String(ids.toSorted()) ? 'ascending' : 'in no order';
  console.log(`${way}: ${handled.length} jobs ${order}, ids ${byId}`);
}

await boss.stop({ graceful: false });
await server.stop();
await db.close();
JS

expected <<'TEXT'
one after another: 20 jobs shuffled, ids ascending
all at once: 20 jobs shuffled, ids ascending
with ascending ids: 20 jobs as queued, ids ascending
in 20 transactions: 20 jobs as queued, ids in no order
TEXT
