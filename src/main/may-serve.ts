import type { IssuerSettings } from '../adapters/identity/token-verifier.ts';
import type { Bank } from '../app/ports/bank.ts';
import { isDecidable, type ShelvedRelease } from '../app/releases/release-shelf.ts';
import { ENGINE_VERSION } from '../domain/decision.ts';
import { type Config, isLoopback } from './config.ts';

/** Why nothing may be decided under the release in force; undefined when it may. */
export function refusalToDecide(release: ShelvedRelease | undefined): string | undefined {
  if (release === undefined || isDecidable(release)) return undefined;
  const { digest, body } = release;
  return (
    `release \`${digest}\` in force is for engine ${body.engineVersion}, ` +
    `this is engine ${ENGINE_VERSION}: run \`nextbest release activate\`, or the program it is for`
  );
}

/** True where listed operations alone are answered: of a real bank, unless it is set. */
export function answersListedOnly(bank: Bank | undefined, config: Config): boolean {
  return config.listedOnly ?? bank?.mode === 'BANK';
}

/** How long a token of a real bank may be good for, unless it is set. */
const BANK_TOKEN_SECONDS = 15 * 60;

/** The issuer with the bounds that this bank has for it; undefined for the demo issuer. */
export function issuerFor(
  bank: Bank | undefined,
  { issuer }: Pick<Config, 'issuer'>,
): IssuerSettings | undefined {
  if (bank?.mode !== 'BANK' || issuer === undefined) return issuer;
  return { longestLifeSeconds: BANK_TOKEN_SECONDS, ...issuer };
}

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
    return 'a real bank needs an issuer: set NEXTBEST_ISSUER to its URL';
  }
  if (isLoopback(config.host)) return undefined;
  return (
    'the demo issuer exists on loopback only: set HOST to 127.0.0.1 ' +
    `instead of \`${config.host}\`, or set NEXTBEST_ISSUER and NEXTBEST_JWKS`
  );
}
