import { faultOfJson } from '../../domain/json-text.ts';
import { decodeUtf8 } from '../../domain/utf8.ts';

/** Three base64url parts and nothing else: jose alone takes some looser spellings. */
const THREE_PARTS = /^[A-Za-z0-9_-]{2,4096}\.[A-Za-z0-9_-]{2,8192}\.[A-Za-z0-9_-]{2,1024}$/;

/** True when a token has one spelling only: no padding, no spaces, no stray bits. */
export function isSpeltStrictly(token: string): boolean {
  if (!THREE_PARTS.test(token)) return false;
  // A last character with stray bits spells the same bytes another way: two tokens, one meaning.
  return partsOf(token).every(
    (bytes, index) => bytes.toString('base64url') === token.split('.')[index],
  );
}

/** True when header and payload are well-formed JSON that every reader reads alike. */
export function readsOneWay(token: string): boolean {
  return partsOf(token)
    .slice(0, 2)
    .every((bytes) => {
      const text = decodeUtf8(bytes);
      if (text === undefined) return false;
      try {
        JSON.parse(text);
        return faultOfJson(text, ({ code }) => code !== 'INEXACT_NUMBER') === undefined;
      } catch {
        return false;
      }
    });
}

function partsOf(token: string): readonly Buffer[] {
  return token.split('.').map((part) => Buffer.from(part, 'base64url'));
}
