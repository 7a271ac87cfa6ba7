#!/usr/bin/env bash
# pg-boss 12.38.0: `singletonKey` alone does not keep a job single.
#
# One would guess: two jobs with the same `singletonKey` waiting in a queue are one job.
# What happens: in a queue of the standard policy, the default, the key is stored and ignored: both
# jobs run. It works with the queue's policy `short` or `exclusive`; with `singleton`, whatever the
# name says, both wait and run one after the other. A queue keeps its policy, so this is decided
# when the queue is made, elsewhere and earlier than where the key is given.
# Who feels it: customers who get the same message twice when an event is delivered twice.
# Instead: create the queue with `policy: 'short'`, and make the effect idempotent all the same.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install pg-boss@12.38.0 @electric-sql/pglite@0.5.14

program <<'JS'
import { PGlite } from '@electric-sql/pglite';
import { PgBoss } from 'pg-boss';

const pglite = await PGlite.create();
const db = {
  async executeSql(text, values = []) {
    if (values.length > 0) return pglite.query(text, values);
    const results = await pglite.exec(text);
    return results.length === 1 ? results[0] : results;
  },
};
const boss = new PgBoss({ db, supervise: false, schedule: false });
await boss.start();

for (const policy of ['standard', 'short', 'exclusive', 'singleton']) {
  await boss.createQueue(policy, { policy });
  let sent = 0;
  let run = 0;
  for (const event of ['first', 'again']) {
    const id = await boss.send(policy, { event }, { singletonKey: 'customer-1' });
    if (id !== null) sent += 1;
  }
  for (let job = await next(policy); job !== undefined; job = await next(policy)) {
    await boss.complete(policy, job.id);
    run += 1;
  }
  console.log(`${policy}: ${sent} accepted, ${run} run`);
}

async function next(queue) {
  const [job] = await boss.fetch(queue);
  return job;
}

await pglite.close();
process.exit();
JS

expected <<'TEXT'
standard: 2 accepted, 2 run
short: 1 accepted, 1 run
exclusive: 1 accepted, 1 run
singleton: 2 accepted, 2 run
TEXT
