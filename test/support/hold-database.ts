/** A process that opens the embedded database of a folder, says its url, and holds it. */
import { argv, stdin, stdout } from 'node:process';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';

const database = await openDatabase({ dataFolder: argv[2], durable: false });
database.onDown(() => stdout.write('down\n'));
stdout.write(`${database.administratorUrl}\n`);
stdin.once('data', () => void database.close().then(() => stdin.destroy()));
