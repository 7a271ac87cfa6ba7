import { stdout } from 'node:process';

/** Shows the stages of a long work with their times. */
export interface Stages {
  /** Runs a stage; `show` tells how far it has come, the result is its last word. */
  run<T extends string | undefined>(
    name: string,
    work: (show: (text: string) => void) => Promise<T>,
  ): Promise<void>;
}

/** Stages on standard output: a line each, rewritten while it runs on a terminal. */
export function createStages(nowMs: () => number): Stages {
  return {
    async run(name, work) {
      const startedMs = nowMs();
      const seconds = () => `${((nowMs() - startedMs) / 1000).toFixed(1)} s`;
      const show = (text: string) => {
        if (stdout.isTTY) stdout.write(`\r\u001b[2K… ${name}: ${text}`);
      };
      show('');
      const said = await work(show);
      const clear = stdout.isTTY ? '\r\u001b[2K' : '';
      stdout.write(`${clear}✓ ${name}${said === undefined ? '' : `: ${said}`} (${seconds()})\n`);
    },
  };
}
