import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import type { BankStore } from '../app/ports/bank.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { World } from '../cli/world.ts';
import type { Config } from './config.ts';

/** Signs tokens as the demo issuer does, for the demo bank and where no other issuer is set. */
export function createTokenSigner(
  bank: Pick<BankStore, 'read'>,
  by: {
    readonly config: Pick<Config, 'issuer'>;
    readonly dataFolder: string;
    readonly clock: Clock;
  },
): World['signToken'] {
  const { config, dataFolder, clock } = by;
  return async (who) => {
    const mode = (await bank.read())?.mode;
    if (mode !== 'DEMO' || config.issuer !== undefined) return undefined;
    return (await openDemoIssuer(dataFolder, clock)).sign(who);
  };
}
