import type { Bank } from '../app/ports/bank.ts';
import { type Config, isLoopback } from './config.ts';

/** Why a bank may not be served under these settings; undefined when it may. */
export function refusalToServe(bank: Bank | undefined, config: Config): string | undefined {
  if (bank === undefined) {
    return 'the database holds no bank: run `nextbest start` for the demo, or `nextbest import`';
  }
  if (bank.mode === 'EVALUATION') {
    return (
      `bank \`${bank.name}\` is marked for evaluation: its consent is assumed, ` +
      'so it may not be served; use `nextbest decide`'
    );
  }
  if (config.issuer !== undefined) return undefined;
  if (bank.mode !== 'DEMO') {
    return 'a real bank needs an issuer: set NEXTBEST_ISSUER and NEXTBEST_JWKS';
  }
  if (isLoopback(config.host)) return undefined;
  return (
    'the demo issuer exists on loopback only: set HOST to 127.0.0.1 ' +
    `instead of \`${config.host}\`, or set NEXTBEST_ISSUER and NEXTBEST_JWKS`
  );
}
