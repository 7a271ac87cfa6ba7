import { setTimeout as sleep } from 'node:timers/promises';
import type { Asking } from '../http/asking.ts';
import { serviceFigures } from '../http/service-figures.ts';
import type { Scratch } from './scratch.ts';
import type { Service, Side } from './side.ts';

/** A demo bank of a side, generated, trained and served by that side itself. */
export interface Bank {
  readonly side: Side;
  readonly dataFolder: string;
  /** How long the very first start took until it was ready. */
  readonly firstStartS: number;
  /** How customers are asked about; throws where the service is stopped. */
  asking(customers: number): Asking;
  /** Ends the service and starts it again, until it is ready and rests. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a demo bank in a fresh data folder, and waits until it rests. */
export async function openBank(side: Side, customers: number, scratch: Scratch): Promise<Bank> {
  const dataFolder = scratch.dataFolder(`bank-${side.name}`);
  const first = await side.serve({ dataFolder }, 'start', '--customers', String(customers));
  let service: Service | undefined = first;
  const { stdout } = await side.command({ dataFolder }, 'token', '--role', 'agent');
  const token = stdout.trim();
  await untilIdle(first.url);
  const stop = async () => {
    await service?.stop();
    service = undefined;
  };
  return {
    side,
    dataFolder,
    firstStartS: first.readyS,
    asking(asked) {
      if (service === undefined) throw new Error(`the bank of ${side.name} is not served`);
      return { url: service.url, token, customers: asked };
    },
    async restart() {
      await stop();
      service = await side.serve({ dataFolder }, 'start');
      await untilIdle(service.url);
    },
    stop,
  };
}

const IDLE_SHARE = 0.05;
const IDLE_LIMIT_MS = 60_000;

/**
 * Waits while a service prepares explanations after it is ready, for which the other side would
 * pay. One that never rests is measured as it is.
 */
async function untilIdle(url: string): Promise<void> {
  const deadlineMs = performance.now() + IDLE_LIMIT_MS;
  while (performance.now() < deadlineMs) {
    const before = await serviceFigures(url);
    await sleep(1_000);
    const { cpuSeconds } = await serviceFigures(url);
    if (cpuSeconds - before.cpuSeconds < IDLE_SHARE) return;
  }
}
