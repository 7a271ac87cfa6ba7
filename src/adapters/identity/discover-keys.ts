import { faultOfJson } from '../../domain/json-text.ts';
import { download, trustedUrl } from './download.ts';
import { BadKeySet } from './read-key-set.ts';

const DOCUMENT = '/.well-known/openid-configuration';

/**
 * Reads the keys of an issuer that says itself where they are (OpenID Connect Discovery 1.0).
 * The document is read each time: an issuer may move its keys.
 */
export function discoveredKeys(issuer: string): () => Promise<string> {
  const url = documentOf(issuer);
  return async () => download(keysIn(await download(url), { issuer, place: url.href }));
}

function documentOf(issuer: string): URL {
  const url = trustedUrl(issuer);
  if (url === undefined || url.search !== '' || url.hash !== '') {
    const mend = 'pass the https URL of the issuer (http on loopback only), or its keys besides';
    throw new BadKeySet(issuer, mend);
  }
  return new URL(`${issuer.replace(/\/$/, '')}${DOCUMENT}`);
}

/**
 * INVARIANT: a document that speaks for another issuer names nobody's keys: else whoever can
 * answer at one address could vouch for the tokens of another.
 */
function keysIn(text: string, from: { readonly issuer: string; readonly place: string }): URL {
  const { issuer, place } = from;
  const told = membersOf(text, place);
  if (told['issuer'] !== issuer) {
    throw new BadKeySet(place, 'its `issuer` is not the one that is set, letter by letter');
  }
  const uri = told['jwks_uri'];
  const url = typeof uri === 'string' ? trustedUrl(uri) : undefined;
  const isWeaker = url?.protocol === 'http:' && issuer.startsWith('https:');
  if (url === undefined || isWeaker) {
    throw new BadKeySet(place, 'its `jwks_uri` is no https URL');
  }
  return url;
}

function membersOf(text: string, place: string): { readonly [name: string]: unknown } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BadKeySet(place, 'is not JSON; an issuer tells there where its keys are');
  }
  if (typeof content === 'object' && content !== null && faultOfJson(text) === undefined) {
    return { ...content };
  }
  throw new BadKeySet(place, 'is no object that every reader reads alike');
}
