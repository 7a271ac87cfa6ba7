/** Deeper nesting is refused before anything walks it by recursion. */
const MOST_DEPTH = 64;

/** A fault that `JSON.parse` accepts silently and that no edge may accept. */
type JsonFault =
  | { readonly code: 'REPEATED_KEY'; readonly key: string }
  | { readonly code: 'TOO_DEEP'; readonly most: number };

/**
 * Finds the first fault in a text that is known to be JSON: a key that an object has twice, which
 * two readers would read differently, or nesting that could exhaust a stack. Reads once, without
 * recursion.
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
