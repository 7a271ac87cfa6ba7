#!/usr/bin/env bash
# pg-boss 12.38.0 on PostgreSQL: `deleteAfterSeconds` deletes failed jobs too, and others go ahead.
#
# One would guess: it is, by its description, how long a job is kept "after it's completed", so what
# failed stays until somebody looks. And a queue of policy `key_strict_fifo`, in which a failed job
# stops its key, stays stopped until then.
# What happens: the sweep takes whatever ended, failed as well as completed, after 7 days where
# nothing is set. No error, no warning, no copy: the next job of the key is then handed out, as if
# the failed one had been done.
# Who feels it: the customer whose failed payment is in no list after a week, and whose later ones
# are made without it.
# Instead: a `deadLetter` queue of `deleteAfterSeconds: 0` and long `retentionSeconds`, since copies
# wait there unfetched and go after 14 days otherwise; and in an ordered queue a time that is longer
# than anybody takes to look, or 0.
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
const told = [];
for (const event of ['error', 'warning']) boss.on(event, () => told.push(event));
await boss.start();

const day = 86_400;
const ordered = { policy: 'key_strict_fifo', retryLimit: 0 };
await boss.createQueue('unset', ordered);
const { deleteAfterSeconds } = await boss.getQueue('unset');
console.log('where nothing is set:', deleteAfterSeconds / day, 'days');

await boss.createQueue('dead', { deleteAfterSeconds: 0, retentionSeconds: 3_650 * day });
const queues = {
  swept: { deleteAfterSeconds: 1 },
  'with-dead-letter': { deleteAfterSeconds: 1, deadLetter: 'dead' },
  'never-swept': { deleteAfterSeconds: 0 },
};
for (const [queue, options] of Object.entries(queues)) {
  await boss.createQueue(queue, { ...ordered, ...options });
  const send = (name, singletonKey) => boss.send(queue, { name }, { singletonKey });
  await send('done', 'customer 1');
  const [done] = await boss.fetch(queue);
  await boss.complete(queue, done.id);
  await send('failed', 'customer 2');
  const [failed] = await boss.fetch(queue);
  await boss.fail(queue, failed.id);
  await send('waiting', 'customer 2');
  await tell(`${queue}, before`, queue);
}

await setTimeout(2_000);
await boss.supervise();
for (const queue of Object.keys(queues)) await tell(`${queue}, after`, queue);
console.log('dead:', (await boss.findJobs('dead')).map(({ data }) => data.name).join());
console.log('told:', told.length);

async function tell(when, queue) {
  const jobs = await boss.findJobs(queue);
  const [next] = await boss.fetch(queue);
  const names = jobs.map(({ data }) => data.name).toSorted();
  console.log(`${when}: ${names.join(', ')}; next ${next?.data.name ?? 'none'}`);
}

await boss.stop({ graceful: false });
await server.stop();
await db.close();
JS

expected <<'TEXT'
where nothing is set: 7 days
swept, before: done, failed, waiting; next none
with-dead-letter, before: done, failed, waiting; next none
never-swept, before: done, failed, waiting; next none
swept, after: waiting; next waiting
with-dead-letter, after: waiting; next waiting
never-swept, after: done, failed, waiting; next none
dead: failed
told: 0
TEXT
