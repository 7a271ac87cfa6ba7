import type { JSONWebKeySet, JWK } from 'jose';

/** A key set that must not be trusted, with what to mend in it. */
export class BadKeySet extends Error {
  constructor(place: string, reason: string) {
    super(`key set \`${place}\`: ${reason}`);
    this.name = 'BadKeySet';
  }
}

/** Reads a JWKS strictly: public signing keys only, each told from the others by its `kid`. */
export function readKeySet(text: string, place: string): JSONWebKeySet {
  const keys = keysOf(text, place);
  const seen = new Set<string>();
  keys.forEach((key, index) => {
    const wrong = faultOf(key) ?? (seen.has(nameOf(key)) ? REPEATED : undefined);
    if (wrong !== undefined) throw new BadKeySet(place, `keys[${index}] ${wrong}`);
    seen.add(nameOf(key));
  });
  return { keys: [...keys] };
}

const REPEATED = 'repeats the `kid` of another key: a token must point to one key';

function keysOf(text: string, place: string): readonly JWK[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BadKeySet(place, 'is not JSON; write a JSON Web Key Set');
  }
  const keys =
    typeof content === 'object' && content !== null && 'keys' in content && content.keys;
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new BadKeySet(place, 'has no `keys`; write a JSON Web Key Set with one key at least');
  }
  return keys.map((key: unknown) => (typeof key === 'object' && key !== null ? key : {}));
}

/** A key without a `kid` may stand once: then it is the only one that needs no pointing to. */
function nameOf(key: JWK): string {
  return typeof key.kid === 'string' ? `kid ${key.kid}` : 'no kid';
}

function faultOf(key: JWK): string | undefined {
  if (typeof key.kty !== 'string') return 'is no key: its `kty` is missing';
  if (key.kty === 'oct' || 'k' in key) {
    return 'is a shared secret: whoever checks with it could sign; use public keys only';
  }
  if ('d' in key) return 'is a private key: take its private members out, and replace the key';
  return undefined;
}
