/** The path of a Node that can run the sources, or undefined. */
export function findNode(startFolder: string): string | undefined;

/** Whether a version such as `24.21.0` can run TypeScript sources without a flag. */
export function isNewEnough(version: string): boolean;

/** Spawns the found Node with the arguments, forwards signals and ends with its exit code. */
export function launch(args: readonly string[]): void;
