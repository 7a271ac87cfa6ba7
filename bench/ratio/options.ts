import { Command, InvalidArgumentError } from 'commander';

/** What can be compared. */
export const PARTS = ['http', 'cold', 'import', 'replay', 'start'] as const;

/** One of what can be compared. */
export type Part = (typeof PARTS)[number];

/** What a run was asked for. */
export interface RatioOptions {
  readonly commit: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly warm: number;
  readonly customers: number;
  readonly decisions: number;
  readonly only: readonly Part[];
  readonly json?: string;
}

/** Each round asks about customers never asked for; fewer would be told as nothing. */
const COLD_A_ROUND = 40;

/** Reads the arguments; ends the process on `--help` and on arguments that are none. */
export function readOptions(argv: readonly string[]): RatioOptions {
  const command = new Command('npm run bench:ratio --')
    .description('compares this tree with another commit of it, in rounds that take turns')
    .argument('<commit>', 'what to compare with: a commit, tag or branch')
    .option('--rounds <count>', 'rounds of each part', whole(1, 99), 5)
    .option('--seconds <count>', 'how long a round of http asks each', whole(1, 600), 4)
    .option('--warm <count>', 'asked of each started service, uncounted', whole(0, 1e6), 1_500)
    .option('--customers <count>', 'customers of each bank', whole(200, 1_000_000), 2_000)
    .option('--decisions <count>', 'stored before they are replayed', whole(1, 1_000_000), 3_000)
    .option('--only <parts>', `some of ${PARTS.join(',')}`, readParts, PARTS)
    .option('--json <file>', 'writes every figure of every round there, too')
    .parse(argv);
  const [commit = ''] = command.args;
  const options = { commit, ...command.opts<Omit<RatioOptions, 'commit'>>() };
  const { rounds, customers, only } = options;
  if (only.includes('cold') && customers < rounds * COLD_A_ROUND) {
    command.error(`error: ${rounds} rounds want ${rounds * COLD_A_ROUND} customers at least`);
  }
  return options;
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`);
  };
}

function readParts(text: string): readonly Part[] {
  const wanted = text.split(',');
  const unknown = wanted.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`write some of ${PARTS.join(',')}, without spaces`);
  }
  return PARTS.filter((part) => wanted.includes(part));
}
