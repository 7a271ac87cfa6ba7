import type { Digest } from '../../domain/digest.ts';
import type { FactDeclaration } from '../../domain/fact.ts';
import { binsOf } from '../../domain/fact-bins.ts';
import type { Uuid } from '../../domain/id.ts';
import type { DecisionLog } from '../ports/decision-log.ts';
import type {
  DecisionToRead,
  ReadModel,
  ReadModelExtent,
  SheetName,
  UnbinnedPage,
} from '../ports/read-model.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import { digestsOf } from '../releases/release-shelf.ts';

/** What mending reads and writes. */
export interface ReadModelDeps {
  readonly log: Pick<DecisionLog, 'ids' | 'findMany'>;
  readonly readModel: ReadModel;
  readonly releaseStore: Pick<ReleaseStore, 'list' | 'load'>;
}

/** What was found, and mended where that was asked for. */
export interface ReadModelReport {
  readonly extent: ReadModelExtent;
  readonly decisions: number;
  /** Decisions whose row was missing or wrong. */
  readonly differing: number;
  /** Decisions that cannot be read, so that nothing can be derived from them. */
  readonly unreadable: number;
  readonly sheetsBinned: number;
  /** Sheets of a catalogue that no stored release has any more. */
  readonly sheetsLeft: number;
}

/** Whether wrong rows are written anew, and who is told how far it has come. */
export interface Mending {
  readonly mend: boolean;
  readonly onProgress?: (decisions: number) => void;
}

const AT_ONCE = 500;

/** Holds the read model against every capsule, and makes anew what differs where asked to. */
export async function mendReadModel(
  { mend, onProgress }: Mending,
  deps: ReadModelDeps,
): Promise<ReadModelReport> {
  let [decisions, differing, unreadable] = [0, 0, 0];
  for (let after: Uuid | null = null; ; ) {
    const ids: readonly Uuid[] = await deps.log.ids(after, AT_ONCE);
    if (ids.length === 0) break;
    const read = await readable(ids, deps);
    const wrong = new Set(await deps.readModel.differing(read));
    if (mend && wrong.size > 0)
      await deps.readModel.rewrite(read.filter(({ id }) => wrong.has(id)));
    decisions += ids.length;
    differing += wrong.size;
    unreadable += ids.length - read.length;
    onProgress?.(decisions);
    after = ids.at(-1) ?? null;
  }
  const sheets = mend ? await binSheets(deps) : { binned: 0, left: 0 };
  const extent = await deps.readModel.extent();
  const counts = { sheetsBinned: sheets.binned, sheetsLeft: sheets.left };
  return { extent, decisions, differing, unreadable, ...counts };
}

async function readable(
  ids: readonly Uuid[],
  { log }: ReadModelDeps,
): Promise<readonly DecisionToRead[]> {
  const found = await log.findMany(ids);
  return ids.flatMap((id) => {
    const decision = found.get(id);
    return decision === undefined || decision.capsule === null
      ? []
      : [{ id, capsule: decision.capsule }];
  });
}

/** Bins sheets that were stored before there were any, by the catalogue of their release. */
async function binSheets(deps: ReadModelDeps) {
  let [binned, left] = [0, 0];
  let catalogues: ReadonlyMap<Digest, readonly FactDeclaration[]> | undefined;
  for (let after: SheetName | null = null; ; ) {
    const { sheets, next }: UnbinnedPage = await deps.readModel.unbinned(after, AT_ONCE);
    catalogues ??= await readCatalogues(deps);
    const known = catalogues;
    const rows = sheets.flatMap((sheet) => {
      const facts = known.get(sheet.factsDigest);
      return facts === undefined ? [] : [{ sheet, bins: binsOf(sheet.sheet, facts) }];
    });
    await deps.readModel.writeBins(rows);
    binned += rows.length;
    left += sheets.length - rows.length;
    if (next === null) return { binned, left };
    after = next;
  }
}

async function readCatalogues({ releaseStore }: ReadModelDeps) {
  const catalogues = new Map<Digest, readonly FactDeclaration[]>();
  for (const { digest } of await releaseStore.list()) {
    const release = await releaseStore.load(digest);
    if (release === undefined || release === 'ALTERED') continue;
    catalogues.set(digestsOf(release.body).factsDigest, release.body.facts);
  }
  return catalogues;
}
