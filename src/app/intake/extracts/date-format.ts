import { type BusinessDate, isBusinessDate } from '../../../domain/business-date.ts';

/** A day and, where the format has one, a time as `09:30:00.000`, both as written. */
export interface ParsedDate {
  readonly date: BusinessDate;
  readonly time: string | null;
  /** Minutes ahead of UTC, where the text says so. */
  readonly offsetMinutes?: number;
  /** Set where the text names no day: the date is the first of the month. */
  readonly month?: true;
  /** Set where another format of the list reads the text as something else. */
  readonly ambiguous?: true;
}

/** Undefined where a text does not have the format, or names no day of the calendar. */
export type DateReader = (text: string) => ParsedDate | undefined;

/** By token, the pattern of what it reads; the longer of two that begin alike comes first. */
const TOKENS = {
  YYYY: '\\d{4}',
  YY: '\\d{2}',
  MMM: '[A-Za-z]{3}',
  MM: '\\d{2}',
  M: '\\d{1,2}',
  DD: '\\d{2}',
  D: '\\d{1,2}',
  hh: '\\d{2}',
  h: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
  fff: '\\d{3}',
  ZZ: 'Z|[+-]\\d{2}(?::?\\d{2})?',
} as const;
type Token = keyof typeof TOKENS;

const NAMES = Object.keys(TOKENS).join('|');
const EACH = new RegExp(NAMES, 'g');
const SPLIT = new RegExp(`(${NAMES})`);
/** They read one digit or two. */
const UNPADDED: readonly string[] = ['M', 'D', 'h'];

/** The formats of a file that states none. */
export const ISO_DATE_FORMATS = ['YYYY-MM-DD', 'YYYY-MM-DDThh:mm:ss.fffZ'];

/** Makes a reader of one format, or says what is wrong with the format. */
export function dateReader(format: string, firstYear: number | undefined): DateReader | string {
  const fault = formatFault(format, firstYear);
  if (fault !== undefined) return fault;
  const pieces = format.split(SPLIT);
  const groupsOf = fixedParts(pieces) ?? patternParts(pieces);
  return (text) => {
    const parts = groupsOf(text);
    return parts === undefined ? undefined : partsOf(parts, firstYear);
  };
}

type Parts = { readonly [name: string]: string | undefined };

function patternParts(pieces: readonly string[]): (text: string) => Parts | undefined {
  const pattern = new RegExp(`^${pieces.map(patternOf).join('')}$`);
  return (text) => pattern.exec(text)?.groups;
}

/** Most formats have one width: their parts are cut out by place, much faster than matched. */
function fixedParts(
  pieces: readonly string[],
): ((text: string) => Parts | undefined) | undefined {
  const isFixed = pieces.every(
    (piece, i) => i % 2 === 0 || /^(?:YY|YYYY|MM|DD|hh|mm|ss|fff)$/.test(piece),
  );
  if (!isFixed) return undefined;
  const width = pieces.join('').length;
  let end = 0;
  const places = pieces.map((piece, i) => {
    end += piece.length;
    return { piece, isToken: i % 2 === 1, at: end - piece.length, end };
  });
  return (text) => {
    if (text.length !== width) return undefined;
    const parts: { [name: string]: string } = {};
    for (const { piece, isToken, at, end } of places) {
      if (!isToken && !text.startsWith(piece, at)) return undefined;
      if (!isToken) continue;
      for (let i = at; i < end; i += 1) {
        const code = text.charCodeAt(i);
        if (code < 48 || code > 57) return undefined;
      }
      parts[piece] = text.slice(at, end);
    }
    return parts;
  };
}

/** A `Z` that ends a format says UTC, whatever the zone of the other times is. */
export function inUtc(reader: DateReader, format: string): DateReader {
  if (!format.endsWith('Z') || format.endsWith('ZZ')) return reader;
  return (text) => {
    const parsed = reader(text);
    return parsed === undefined ? undefined : { ...parsed, offsetMinutes: 0 };
  };
}

/**
 * Reads by the first format that fits, and says where another one reads the text differently.
 * Formats that never fit the same text cost nothing: which do is tried once, on samples.
 */
export function firstMatch(
  readers: readonly DateReader[],
  formats: readonly string[] = [],
): DateReader {
  const rivals = readers.map((_, i) => {
    const samples = samplesOf(formats[i] ?? '');
    return readers.slice(i + 1).filter((other) => samples.some((text) => other(text)));
  });
  return (text) => {
    for (let i = 0; i < readers.length; i += 1) {
      const parsed = readers[i]?.(text);
      if (parsed === undefined) continue;
      const others = rivals[i] ?? [];
      if (!others.some((read) => differs(parsed, read(text)))) return parsed;
      return { ...parsed, ambiguous: true };
    }
    return undefined;
  };
}

function formatFault(format: string, firstYear: number | undefined): string | undefined {
  const pieces = format.split(SPLIT);
  const tokens = pieces.filter((_, i) => i % 2 === 1);
  const has = (part: string) => tokens.some((token) => token.startsWith(part));
  // A part is told by its first letter: MMM, MM and M all name the month.
  const parts = new Set(tokens.map((token) => token.slice(0, 1)));
  if (parts.size < tokens.length) return `\`${format}\` names a part twice`;
  if (!has('Y') || !has('M')) return `\`${format}\` must hold YYYY or YY, and a month`;
  if (has('h') && !has('D')) return `\`${format}\` has a time and no day`;
  if ((has('m') || has('s') || has('f') || has('Z')) && !has('h')) {
    return `\`${format}\` has parts of a time and no hour`;
  }
  if (pieces.some((piece, i) => isUnpadded(piece) && meetsAnother(pieces.slice(i + 1)))) {
    return `\`${format}\` does not tell where a part of one digit or two ends`;
  }
  if (tokens.includes('YY') && firstYear === undefined) {
    return `\`${format}\` has a two-digit year: state \`twoDigitYearsFrom\``;
  }
  return undefined;
}

function isUnpadded(piece: string): boolean {
  return UNPADDED.includes(piece);
}

/** True where digits go on until another such part: then nobody knows where the first ends. */
function meetsAnother(pieces: readonly string[]): boolean {
  const literal = pieces.findIndex((piece, i) => i % 2 === 0 && piece !== '');
  return pieces.slice(0, literal === -1 ? pieces.length : literal).some(isUnpadded);
}

function patternOf(part: string, i: number): string {
  if (i % 2 === 1) return `(?<${part}>${TOKENS[part as Token]})`;
  return part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function partsOf(parts: Parts, firstYear = 0): ParsedDate | undefined {
  const year = parts.YYYY ?? String(fullYear(Number(parts.YY), firstYear)).padStart(4, '0');
  const month = parts.MM ?? padded(parts.M) ?? monthOfName(parts.MMM ?? '');
  const day = parts.DD ?? padded(parts.D);
  const date = `${year}-${month}-${day ?? '01'}`;
  if (!isBusinessDate(date)) return undefined;
  if (day === undefined) return { date, time: null, month: true };
  const hh = parts.hh ?? padded(parts.h);
  if (hh === undefined) return { date, time: null };
  const { mm = '00', ss = '00', fff = '000' } = parts;
  if (hh > '23' || mm > '59' || ss > '59') return undefined;
  const written = { date, time: `${hh}:${mm}:${ss}.${fff}` };
  const offsetMinutes = offsetOf(parts.ZZ);
  return offsetMinutes === undefined ? written : { ...written, offsetMinutes };
}

function padded(digits: string | undefined): string | undefined {
  return digits?.padStart(2, '0');
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function monthOfName(name: string): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', ''));
  return text.startsWith('-') ? -minutes : minutes;
}

function fullYear(twoDigits: number, firstYear: number): number {
  const year = Math.floor(firstYear / 100) * 100 + twoDigits;
  return year < firstYear ? year + 100 : year;
}

/** Texts of a format in which every part could be another one. */
function samplesOf(format: string): readonly string[] {
  return ['2010-11-12', '2012-10-11', '2001-02-03'].flatMap((day) => {
    const [year = '', month = '', date = ''] = day.split('-');
    return [0, 1].map((zeros) => {
      const short = (digits: string) => digits.replace(/^0/, '').padStart(zeros + 1, '0');
      const written: { readonly [T in Token]: string } = {
        YYYY: year,
        YY: year.slice(2),
        MMM: MONTHS[Number(month) - 1] ?? '',
        MM: month,
        M: short(month),
        DD: date,
        D: short(date),
        hh: '10',
        h: '10',
        mm: '11',
        ss: '12',
        fff: '110',
        ZZ: '+01:00',
      };
      return format.replace(EACH, (token) => written[token as Token]);
    });
  });
}

/** Nobody means a year so far away: such a reading makes no text ambiguous. */
function differs(one: ParsedDate, other: ParsedDate | undefined): boolean {
  if (other === undefined || other.date < '1880' || other.date > '2200') return false;
  return (
    one.date !== other.date ||
    one.time !== other.time ||
    one.month !== other.month ||
    one.offsetMinutes !== other.offsetMinutes
  );
}
