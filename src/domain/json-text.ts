/** Deeper nesting is refused before anything walks it by recursion. */
const MOST_DEPTH = 64;

/** What the platform's parser takes without a word and no edge may take. */
type JsonFault =
  | { readonly code: 'REPEATED_KEY'; readonly key: string }
  | { readonly code: 'TOO_DEEP'; readonly most: number };

/**
 * Looks over a text that is known to be JSON for what two readers would read differently (an
 * object with a key twice) and for nesting that could exhaust a stack. One pass, no recursion.
 */
export function faultOfJson(text: string): JsonFault | undefined {
  // One entry a nested value that is open: the keys seen so far, or null in an array.
  const open: (Set<string> | null)[] = [];
  const afterKey = /[ \t\r\n]*:/y;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '{' || mark === '[') {
      open.push(mark === '{' ? new Set() : null);
      if (open.length > MOST_DEPTH) return { code: 'TOO_DEEP', most: MOST_DEPTH };
    } else if (mark === '}' || mark === ']') {
      open.pop();
    } else if (mark === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      afterKey.lastIndex = end;
      if (keys && afterKey.test(text)) {
        const key = String(JSON.parse(text.slice(at, end)));
        if (keys.has(key)) return { code: 'REPEATED_KEY', key };
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** The place after a string's closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}
