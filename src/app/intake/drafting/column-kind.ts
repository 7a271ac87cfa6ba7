import type { CellFormat, FileFormat } from '../../../domain/mapping.ts';
import type { ColumnProfile } from './profile-column.ts';
import type { SniffedFile } from './sniff-file.ts';

/** What a column seems to be, and what of it only the bank can say. */
export interface ColumnKind {
  /** In words. */
  readonly kind: string;
  readonly date?: string;
  readonly number?: CellFormat;
  readonly questions: readonly string[];
}

/** Tells the one reading that fits every cell, or asks which of several it is. */
export function kindOf({ dates, numbers, stated, marks, nearly }: ColumnProfile): ColumnKind {
  if (stated === 0) return { kind: 'empty', questions: [] };
  const rivals = dates.filter((format) => !isLaxer(format, dates));
  const [date, ...others] = rivals;
  if (others.length > 0) {
    return { kind: 'day', questions: [`is a day written ${rivals.join(' or ')}?`] };
  }
  if (date !== undefined && numbers.length > 0) {
    const questions = [`is it a number or a day written ${date}?`];
    return { kind: 'day or number', questions };
  }
  if (date !== undefined) {
    const asks = date.includes('YY') && !date.includes('YYYY');
    const questions = asks ? ['which is the first year that its two digits can mean?'] : [];
    return { kind: `day ${date}`, date, questions };
  }
  const [number] = numbers;
  if (number === undefined && nearly !== null) {
    const { format, misses } = nearly;
    const questions = [`is it ${format}, and are ${misses} of ${stated} cells wrong?`];
    return { kind: `mostly ${format}`, questions };
  }
  if (number === undefined) return { kind: 'text', questions: [] };
  const isUnsure = marks.some(
    (mark) =>
      numbers.some(({ groupMark }) => groupMark === mark) &&
      numbers.some(({ decimalMark = '.' }) => decimalMark === mark),
  );
  if (!isUnsure) return { kind: 'number', number, questions: [] };
  const questions = [`does \`${marks.join('')}\` part groups of digits, or decimals?`];
  return { kind: 'number', questions };
}

/** Without padding a format reads what the padded one does, and alike. */
function isLaxer(format: string, all: readonly string[]): boolean {
  const padded = format.replace(/(?<!D)D(?!D)/, 'DD').replace(/(?<!M)M(?!M)/, 'MM');
  return padded !== format && all.includes(padded);
}

/** True where every row has a value of its own; null where there were too many to tell. */
export function isUnique({ repeats, empty, stated }: ColumnProfile): boolean | null {
  return repeats === null ? null : !repeats && empty === 0 && stated > 0;
}

/** True where few of many values stand twice: a key with doubles, or no key. */
export function isNearlyUnique({ repeats, stated, values }: ColumnProfile): boolean {
  return repeats === true && stated >= 5 && values.size * 5 >= stated * 4;
}

/** A number without groups is read by a format that has a mark for them as well. */
function readsToo(wider: CellFormat, one: CellFormat): boolean {
  const { groupMark, ...others } = wider;
  return groupMark !== undefined && JSON.stringify(others) === JSON.stringify(one);
}

/** What a file does unlike what a mapping means by saying nothing; what is asked is left out. */
export function draftedFormat(seen: SniffedFile, columns: readonly ColumnProfile[]) {
  const { delimiter, encoding, preambleLines, quote } = seen.rows;
  const kinds = columns.map(kindOf);
  const dateFormats = [...new Set(kinds.flatMap(({ date }) => date ?? []))];
  const isoAlone = dateFormats.every((format) => /^YYYY-MM-DD(T.*fffZ)?$/.test(format));
  const numbers = kinds.flatMap(({ number = {} }) =>
    Object.keys(number).length === 0 ? [] : [JSON.stringify(number)],
  );
  const [number, ...others] = [...new Set(numbers)].filter(
    (one, _, all) => !all.some((wider) => readsToo(JSON.parse(wider), JSON.parse(one))),
  );
  const isSure = encoding !== 'windows-1252';
  const format: FileFormat = {
    ...(delimiter === ',' ? {} : { delimiter }),
    ...(quote === null ? { quote } : {}),
    ...(isSure && encoding !== 'utf-8' ? { encoding } : {}),
    ...(preambleLines === 0 ? {} : { preambleLines }),
    ...(isoAlone ? {} : { dateFormats }),
    ...(number === undefined || others.length > 0 ? {} : JSON.parse(number)),
  };
  const ways = [number, ...others].join(' and ');
  const questions =
    others.length === 0
      ? []
      : [`numbers are written as ${ways}: which columns have a \`format\`?`];
  return { format, questions };
}
