import type { Scratch } from './scratch.ts';

/** What a finished process said, and what it took. */
export interface Ran {
  readonly stdout: string;
  readonly wallS: number;
  /** Of the process and of all that it started and waited for. */
  readonly cpuS: number;
}

/** Where a process runs. */
export interface RunOptions {
  readonly scratch: Scratch;
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A process that ended with something else than 0. */
export class RunFailed extends Error {
  readonly stdout: string;

  constructor(message: string, stdout: string) {
    super(message);
    this.stdout = stdout;
  }
}

/**
 * The shell alone tells CPU of processes that are gone. On a signal it waits for its child, so
 * that nobody is orphaned.
 */
const TIMED = 'trap : TERM INT HUP; "$@"; code=$?; echo; times; exit "$code"';
const LAST_CHARACTERS = 2_000;

/** Runs a program to its end; throws with its last words where it fails. */
export function run(args: readonly string[], { scratch, ...options }: RunOptions): Promise<Ran> {
  const begunMs = performance.now();
  const child = scratch.start(['sh', '-c', TIMED, 'sh', ...args], options);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      const wallS = (performance.now() - begunMs) / 1000;
      const { said, cpuS } = splitTimes(texts.stdout);
      if (code === 0) done({ stdout: said, wallS, cpuS });
      else {
        const words = `${said}\n${texts.stderr}`.trim().slice(-LAST_CHARACTERS);
        fail(new RunFailed(`\`${args.join(' ')}\` ended with ${code}:\n${words}`, said));
      }
    });
  });
}

/** The last two lines are of `times`: user and system time of the shell, then of its children. */
export function splitTimes(stdout: string): { readonly said: string; readonly cpuS: number } {
  const lines = stdout.trimEnd().split('\n');
  const children = lines.at(-1) ?? '';
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  const cpuS = times.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
  return { said: lines.slice(0, -2).join('\n').trimEnd(), cpuS };
}
