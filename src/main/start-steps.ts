import { stdout } from 'node:process';

/** Shows the steps of a long work with their times. */
export interface StartSteps {
  /** Runs a stage; `show` tells how far it has come, the result is its last word. */
  run<T extends string | undefined>(
    name: string,
    work: (show: (text: string) => void) => Promise<T>,
  ): Promise<void>;
}

/** StartSteps on standard output: a line each, rewritten while it runs on a terminal. */
export function createStartSteps(nowMs: () => number): StartSteps {
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
