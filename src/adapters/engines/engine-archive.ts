import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArchivedEngine, EngineArchive } from '../../app/ports/engine-archive.ts';
import type { Decision, DecisionInput } from '../../domain/decision.ts';
import type { Digest } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';

/** What every bundle under `engines/` exports. */
interface EngineBundle {
  loadRelease(
    body: ReleaseBody,
    digest: Digest,
    forests: ReadonlyMap<Digest, Uint8Array>,
  ): unknown;
  decide(input: DecisionInput, release: unknown): Decision;
}

/** Finds archived engines as `<folder>/<version>.mjs`. */
export function createEngineArchive(folder: string): EngineArchive {
  return {
    async load(version) {
      const file = join(folder, `${version}.mjs`);
      if (!existsSync(file)) return undefined;
      const bundle: EngineBundle = await import(pathToFileURL(file).href);
      return archived(bundle);
    },
  };
}

function archived(bundle: EngineBundle): ArchivedEngine {
  let last: { readonly digest: Digest; readonly release: unknown } | undefined;
  return {
    decide(input, { digest, body, forests }) {
      if (last?.digest !== digest) {
        last = { digest, release: bundle.loadRelease(body, digest, forests) };
      }
      return bundle.decide(input, last.release);
    },
  };
}
