import type { RowRefusal } from '../../ports/record-intake.ts';

/** So many rows of a group are named one by one. */
const NAMED = 5;
/** Beyond so many groups rows are counted by file and code alone. */
const MOST_GROUPS = 200;

/** Rows of one file refused alike: for one column and code, in words that differ by cells only. */
export interface RefusalGroup {
  readonly file: string;
  readonly column: string | null;
  readonly code: string;
  /** Of the first row. */
  readonly message: string;
  readonly count: number;
  /** The first few, by line. */
  readonly lines: readonly number[];
}

/** What is kept of refusals: the first few of each group, and how many there are. */
export interface KeptRefusals {
  readonly refusals: readonly RowRefusal[];
  readonly groups: readonly RefusalGroup[];
}

/** Groups refusals as they come; what it keeps does not grow with their number. */
export interface RefusalCollector {
  /** With so many more alike, which nobody named. */
  readonly add: (refusal: RowRefusal, more?: number) => void;
  readonly kept: () => KeptRefusals;
}

interface Group {
  readonly first: RowRefusal;
  readonly named: RowRefusal[];
  count: number;
  /** Of the row that was added last: one cell may fail for several fields. */
  line: number;
}

/** Collects the refusals of an import. */
export function collectRefusals(): RefusalCollector {
  const groups = new Map<string, Group>();
  const groupOf = (refusal: RowRefusal): Group => {
    const { place, column, code, message } = refusal;
    const shape = message.replace(/`[^`]*`/g, '``').replace(/\d+/g, '0');
    const exact = `${place.file}\n${column}\n${code}\n${shape}`;
    const coarse = `${place.file}\n${code}`;
    const key = groups.has(exact) || groups.size < MOST_GROUPS ? exact : coarse;
    const group = groups.get(key) ?? { first: refusal, named: [], count: 0, line: 0 };
    groups.set(key, group);
    return group;
  };
  return {
    add(refusal, more = 0) {
      const group = groupOf(refusal);
      const { line } = refusal.place;
      if (group.line === line) return;
      group.line = line;
      group.count += 1 + more;
      if (group.named.length < NAMED) group.named.push(refusal);
    },
    kept: () => ({
      refusals: inOrder([...groups.values()].flatMap(({ named }) => named)),
      groups: [...groups.values()].map(toldOf),
    }),
  };
}

function toldOf({ first, named, count }: Group): RefusalGroup {
  const { place, column, code, message } = first;
  return {
    file: place.file,
    column,
    code,
    message,
    count,
    lines: named.map((refusal) => refusal.place.line),
  };
}

function inOrder(refusals: readonly RowRefusal[]): readonly RowRefusal[] {
  return refusals.toSorted((a, b) => {
    if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
    return a.place.line - b.place.line;
  });
}
