import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision, DecisionInput } from '../../src/domain/decision.ts';
import { type Digest, digestBytes } from '../../src/domain/digest.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';

/** What was known, and what an engine decided on it. */
export interface Golden {
  readonly input: DecisionInput;
  readonly decision: Decision;
}

/** Where the golden capsules of an engine lie. */
export function folderOf(version: number): string {
  return join(import.meta.dirname, String(version));
}

/** The versions that have golden capsules. */
export function goldenVersions(): readonly number[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The release that the golden capsules of a version are decided under. */
export function readRelease(version: number): {
  readonly body: ReleaseBody;
  readonly forests: ReadonlyMap<Digest, Uint8Array>;
} {
  const folder = folderOf(version);
  const body = JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8')) as ReleaseBody;
  const files = readdirSync(folder).filter((file) => file.endsWith('.forest'));
  const bytes = files.map((file) => new Uint8Array(readFileSync(join(folder, file))));
  return { body, forests: new Map(bytes.map((content) => [digestBytes(content), content])) };
}

/** The files of the golden capsules of a version. */
export function goldenFiles(version: number): readonly string[] {
  return readdirSync(folderOf(version)).filter((file) => file.endsWith('.golden.json'));
}

/** One golden capsule. */
export function readGolden(version: number, file: string): Golden {
  return JSON.parse(readFileSync(join(folderOf(version), file), 'utf8')) as Golden;
}
