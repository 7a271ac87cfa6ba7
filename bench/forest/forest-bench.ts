import { parseArgs } from 'node:util';
import { readBankFull } from './bank-full.ts';
import { benchBatch } from './batch-bench.ts';
import { type Peer, startPeer } from './peer.ts';
import { benchRow } from './row-bench.ts';
import { benchMillion, benchTraining, trainSeeds } from './training-bench.ts';

/**
 * Forests beside their peers, in turns within one run; a line of JSON for each of `training`,
 * `row`, `batch` and `million`, medians over the rounds. Usage: `node bench/forest/forest-bench.ts
 * [--rounds 3] [--no-peer] [part…]`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '3' },
    peer: { type: 'boolean', default: true },
  },
});
const rounds = Number(values.rounds);
const bank = readBankFull(process.env.NEXTBEST_SHARED ?? '../shared');
const peer: Peer | null = values.peer ? startPeer() : null;
const wants = (part: string) => positionals.length === 0 || positionals.includes(part);
const tell = (part: string, figures: object) => console.log(JSON.stringify({ part, ...figures }));

try {
  if (wants('training')) tell('training', await benchTraining(bank, { rounds, peer }));
  if (wants('row')) tell('row', benchRow(await trainSeeds(bank.train, 20), bank.test));
  if (wants('batch')) {
    const forests = await trainSeeds(bank.train, 20);
    tell('batch', await benchBatch(forests, bank, { rounds, peer }));
  }
  if (wants('million')) tell('million', await benchMillion(bank.train, { rounds, peer }));
} finally {
  peer?.stop();
}
