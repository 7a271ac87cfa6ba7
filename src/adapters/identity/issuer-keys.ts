import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../app/ports/clock.ts';
import { Outage } from '../../app/ports/outage.ts';
import { BadKeySet, readKeySet } from './read-key-set.ts';
import { isFile, type KeySource, keySourceOf } from './read-key-source.ts';

/** The issuer's keys as they are now. */
export interface IssuerKeys {
  readonly keyOf: JWTVerifyGetKey;
  /** Grows whenever the keys have changed; looking sets off a new reading when one is due. */
  readonly generation: () => number;
  /** Until when the keys are trusted where the issuer answers no more. */
  readonly usableUntilMs: () => number;
}

/** Where an issuer's keys are, and how long they are trusted when it answers no more. */
export interface KeyPlace {
  readonly issuer: string;
  /** An https URL (http on loopback only), or a file; undefined: where the issuer says. */
  readonly jwks?: string;
  readonly keysOutliveMs?: number;
}

/** Keys are read again after this long, so that one taken back is trusted no longer. */
const FRESH_MS = 60_000;
/** A token may ask for a key unknown so far no more often than this, whatever it names. */
const REST_MS = 5_000;
/** An issuer that cannot be reached is trusted this long on what it last said. */
const OUTLIVE_MS = 600_000;

/** Opens a key set, by file or by URL; a file must be there and right, a URL may come later. */
export async function openIssuerKeys(from: KeyPlace, clock: Clock): Promise<IssuerKeys> {
  const { issuer, jwks: place = issuer, keysOutliveMs: outliveMs = OUTLIVE_MS } = from;
  const source = keySourceOf(issuer, from.jwks);
  const nowMs = () => Date.parse(clock.now());
  const store = createKeyStore({ place, source, outliveMs }, nowMs);
  const failure = await store.refresh();
  if (failure instanceof BadKeySet) throw failure;
  if (failure !== undefined && from.jwks !== undefined && isFile(from.jwks)) {
    throw new BadKeySet(place, 'cannot be read; pass the path of a JSON Web Key Set');
  }
  const isDue = (restMs: number) => nowMs() - store.triedAtMs() >= restMs;
  return {
    usableUntilMs: () => store.readAtMs() + outliveMs,
    generation: () => {
      if (isDue(FRESH_MS)) void store.refresh();
      return store.generation();
    },
    keyOf: async (header, token) => {
      // A look for the generation may have set off the reading already: then it is awaited here.
      const mayRead = store.isReading() || isDue(REST_MS);
      if (nowMs() - store.readAtMs() >= FRESH_MS && mayRead) await store.refresh();
      try {
        return await store.keys()(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (isDue(REST_MS)) await store.refresh();
        // Nobody knows then whether the issuer has such a key: that is no fault of the token's.
        if (store.lastFailure() !== undefined) throw new Outage('ISSUER', store.lastFailure());
        return store.keys()(header, token);
      }
    },
  };
}

interface Reading {
  readonly place: string;
  readonly source: KeySource;
  readonly outliveMs: number;
}

/** Holds the last good reading; concurrent callers share one new reading. */
function createKeyStore(from: Reading, nowMs: () => number) {
  const { place, source, outliveMs } = from;
  let text: string | undefined;
  let keys: JWTVerifyGetKey | undefined;
  let generation = 0;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let lastFailure: unknown;
  let reading: Promise<unknown> | undefined;

  const read = async (): Promise<unknown> => {
    triedAtMs = nowMs();
    try {
      const found = await source();
      if (found !== text) {
        keys = createLocalJWKSet(readKeySet(found, place));
        text = found;
        generation += 1;
      }
      readAtMs = nowMs();
      lastFailure = undefined;
    } catch (error) {
      lastFailure = error;
    }
    return lastFailure;
  };
  return {
    /** Reads again and answers what went wrong, if anything. */
    refresh: (): Promise<unknown> => {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    lastFailure: () => lastFailure,
    isReading: () => reading !== undefined,
    keys: (): JWTVerifyGetKey => {
      if (keys === undefined || nowMs() - readAtMs > outliveMs) {
        throw new Outage('ISSUER', lastFailure);
      }
      return keys;
    },
    generation: () => generation,
    readAtMs: () => readAtMs,
    triedAtMs: () => triedAtMs,
  };
}
