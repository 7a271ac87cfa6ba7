import type { Trailer } from '../../../domain/mapping.ts';
import type { Problem } from '../../../domain/result.ts';
import type { ExtractRow } from '../../ports/extract.ts';
import { shown } from './cell.ts';
import type { ResolvedFormat } from './file-format.ts';
import { rowMaker } from './row.ts';

/** Counts and adds up the rows of a file as they pass, and holds its trailer to them. */
export interface TrailerCheck {
  /** True for a data row, false for the trailer. */
  readonly isData: (raw: ExtractRow) => boolean;
  /** What does not agree once the file is read, so that nothing of it may count. */
  readonly problem: () => Problem | undefined;
}

interface Checked {
  readonly file: string;
  readonly columns: readonly string[];
  readonly format: ResolvedFormat;
}

/** Decimals that a sum is kept to; what has more cannot be checked. */
const DECIMALS = 12;

/** Makes the check of one file: a trailer that is missing means that the file was cut. */
export function trailerCheck(trailer: Trailer, checked: Checked): TrailerCheck {
  const toRow = rowMaker(checked.columns, checked.format);
  const sums = (trailer.sums ?? []).map(({ column, cell }) => ({ column, cell, total: 0n }));
  let rows = 0;
  let last: { readonly line: number; readonly cells: readonly string[] } | undefined;
  let fault: Problem | undefined;
  const blame = (line: number, code: string, message: string): void => {
    fault ??= { file: checked.file, at: `line ${line}`, code, message };
  };
  const add = (raw: ExtractRow): void => {
    rows += 1;
    const row = 'cells' in raw ? toRow(raw.cells) : undefined;
    for (const sum of sums) {
      const amount = scaled(row === undefined ? '?' : (row.cell(sum.column) ?? '0'));
      if (amount !== undefined) sum.total += amount;
      else blame(raw.line, 'SUM_UNKNOWN', `no number to add up in column \`${sum.column}\``);
    }
  };
  const scaled = (text: string) => scaledOf(text, checked.format);
  return {
    isData(raw) {
      if (last !== undefined) blame(raw.line, 'AFTER_TRAILER', 'a row stands after the trailer');
      if (!('cells' in raw) || raw.cells[0]?.trim() !== trailer.marker) {
        add(raw);
        return true;
      }
      last = raw;
      return false;
    },
    problem() {
      if (last === undefined) {
        blame(
          rows,
          'NO_TRAILER',
          `no row begins with \`${trailer.marker}\`: fetch the file again`,
        );
        return fault;
      }
      const { line, cells } = last;
      const at = (cell: number) => cells[cell - 1]?.trim() ?? '';
      if (trailer.rowCount !== undefined && at(trailer.rowCount) !== String(rows)) {
        const told = shown(at(trailer.rowCount));
        blame(line, 'COUNT_DIFFERS', `the trailer says ${told} rows, and ${rows} are there`);
      }
      for (const { column, cell, total } of sums) {
        if (scaled(at(cell)) === total) continue;
        const message = `the trailer says that \`${column}\` adds up to ${shown(at(cell))}`;
        blame(line, 'SUM_DIFFERS', `${message}, and it comes to ${written(total)}`);
      }
      return fault;
    },
  };
}

function scaledOf(text: string, { notation }: ResolvedFormat): bigint | undefined {
  const plain = notation.readNumber(text)?.plain;
  const match = /^([+-]?)(\d{1,30})(?:\.(\d{1,12}))?$/.exec(plain ?? '');
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const amount = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return sign === '-' ? -amount : amount;
}

function written(total: bigint): string {
  const digits = String(total < 0n ? -total : total).padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  const whole = `${total < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}`;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
