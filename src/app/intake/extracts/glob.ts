/**
 * Tells whether a text is like one of some patterns, in which `*` stands for any characters, `?`
 * for one, and everything else for itself. The work is bounded by the lengths multiplied: no text
 * makes it try more.
 */
export function globMatcher(patterns: readonly string[]): (text: string) => boolean {
  return (text) => patterns.some((pattern) => isLike(text, pattern));
}

function isLike(text: string, pattern: string): boolean {
  let [at, of] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < text.length) {
    if (pattern[of] === '*') {
      star = of;
      resume = at;
      of += 1;
    } else if (of < pattern.length && (pattern[of] === '?' || pattern[of] === text[at])) {
      at += 1;
      of += 1;
    } else if (star === -1) {
      return false;
    } else {
      // The last star takes one character more; an earlier one never has to.
      resume += 1;
      at = resume;
      of = star + 1;
    }
  }
  while (pattern[of] === '*') of += 1;
  return of === pattern.length;
}
