/** The name most like a mistyped one; undefined when none is near enough to be meant. */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  if (wrong.length === 0 || wrong.length > 100) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wrong.length * 0.4)) + 1;
  for (const name of names) {
    const distance = distanceOf(wrong.toLowerCase(), name.toLowerCase());
    if (distance < least || (distance === least && best !== undefined && name < best)) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** Levenshtein's distance; a name's last part alone counts as near to the whole. */
function distanceOf(wrong: string, name: string): number {
  const lastPart = name.slice(name.lastIndexOf('.') + 1);
  const whole = editDistance(wrong, name);
  return lastPart === name ? whole : Math.min(whole, editDistance(wrong, lastPart) + 1);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
