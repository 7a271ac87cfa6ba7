/**
 * The closing balance of each day of a window, from transactions in order. Running balances count
 * where the bank states them; between and before them amounts are added up. Levels are relative
 * until the first running balance (or, at the end, a balance record) tells where they lie.
 */
export interface BalancePath {
  readonly closing: Float64Array;
  /** Days before this one are closed. */
  closedDays: number;
  level: number;
  anchored: boolean;
  /** The level at the end of the day of the balance record. */
  levelAtRecord: number;
  /** False once a level was beyond what is counted exactly: then none is known. */
  exact: boolean;
}

/** A path over a number of days, before any transaction. */
export function startPath(days: number): BalancePath {
  return {
    closing: new Float64Array(days),
    closedDays: 0,
    level: 0,
    anchored: false,
    levelAtRecord: 0,
    exact: true,
  };
}

/** One transaction on a day of the window (negative: before it). */
export function stepPath(
  path: BalancePath,
  day: number,
  posting: { readonly amountMinor: number; readonly runningBalanceMinor?: number },
): void {
  const running = posting.runningBalanceMinor;
  if (running !== undefined && !path.anchored) {
    const before = running - posting.amountMinor;
    if (!Number.isSafeInteger(before)) path.exact = false;
    anchor(path, before - path.level);
  }
  closeDays(path, day);
  path.level = running ?? path.level + posting.amountMinor;
  if (!Number.isSafeInteger(path.level)) path.exact = false;
}

/** The closing balances; undefined where neither running balance nor record tells the level. */
export function endPath(
  path: BalancePath,
  recordedLedgerMinor: number | undefined,
): Float64Array | undefined {
  if (!path.anchored) {
    if (recordedLedgerMinor === undefined) return undefined;
    anchor(path, recordedLedgerMinor - path.levelAtRecord);
  }
  closeDays(path, path.closing.length);
  return path.exact ? path.closing : undefined;
}

function anchor(path: BalancePath, offset: number): void {
  if (!Number.isSafeInteger(offset)) path.exact = false;
  for (let day = 0; day < path.closedDays; day += 1) {
    path.closing[day] = (path.closing[day] ?? 0) + offset;
  }
  path.level += offset;
  path.levelAtRecord += offset;
  path.anchored = true;
}

function closeDays(path: BalancePath, before: number): void {
  for (let day = path.closedDays; day < before; day += 1) path.closing[day] = path.level;
  if (before > path.closedDays) path.closedDays = before;
}
