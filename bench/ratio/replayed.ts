/** What `replay --all` says in its last line. */
export interface Replayed {
  readonly line: string;
  readonly identical: number;
}

/** Reads the last line of `replay --all`, which fails by itself where one is not identical. */
export function replayedBy({ stdout }: { readonly stdout: string }): Replayed {
  const line = lastLine(stdout);
  const found = /^(\d+) identical, 0 different, 0 unreplayable$/.exec(line);
  if (found === null) throw new Error(`\`replay --all\` said: ${line}`);
  return { line, identical: Number(found[1]) };
}

/** What a command said last. */
export function lastLine(stdout: string): string {
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}
