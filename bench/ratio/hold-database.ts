/**
 * `node hold-database.ts <data folder>`: opens its database, says the url of an administrator and
 * that of the owner, and holds it.
 */
import { argv, stdout } from 'node:process';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';
import { exitOnSignal, untilSignal } from '../../src/main/signals.ts';

exitOnSignal();
const { administratorUrl, urlFor, close } = await openDatabase({ dataFolder: argv[2] });
stdout.write(`${administratorUrl} ${urlFor('OWNER')}\n`);
// Neither a server nor waiting for a signal keeps a process alive.
const awake = setInterval(() => {}, 60_000);
await untilSignal();
await close();
clearInterval(awake);
