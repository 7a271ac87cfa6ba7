import { loadavg } from 'node:os';
import { stderr } from 'node:process';

/** Tells on standard error what is being done, with the seconds since the start and the load. */
export function progress(): (what: string) => void {
  const begunMs = performance.now();
  return (what) => {
    const seconds = ((performance.now() - begunMs) / 1000).toFixed(0).padStart(4);
    const load = (loadavg()[0] ?? 0).toFixed(1).padStart(4);
    stderr.write(`${seconds} s, load ${load}  ${what}\n`);
  };
}
