import { type BusinessDate, isBusinessDate } from '../../../domain/business-date.ts';

/** A day and, where the format has one, a time as `09:30:00.000`. */
export interface ParsedDate {
  readonly date: BusinessDate;
  readonly time: string | null;
}

/** Undefined where a text does not have the format, or names no day of the calendar. */
export type DateReader = (text: string) => ParsedDate | undefined;

const TOKENS = ['YYYY', 'YY', 'MM', 'DD', 'hh', 'mm', 'ss', 'fff'] as const;
type Token = (typeof TOKENS)[number];

/** The formats of a file that states none. */
export const ISO_DATE_FORMATS = ['YYYY-MM-DD', 'YYYY-MM-DDThh:mm:ss.fffZ'];

/** Makes a reader of one format, or says what is wrong with the format. */
export function dateReader(format: string, firstYear: number | undefined): DateReader | string {
  const tokens: readonly string[] = format.match(/YYYY|YY|MM|DD|hh|mm|ss|fff/g) ?? [];
  const has = (token: Token) => tokens.includes(token);
  if (new Set(tokens).size < tokens.length) return `\`${format}\` names a part twice`;
  if (has('YYYY') === has('YY') || !has('MM') || !has('DD')) {
    return `\`${format}\` must hold YYYY or YY, MM and DD`;
  }
  if (has('YY') && firstYear === undefined) {
    return `\`${format}\` has a two-digit year: state \`twoDigitYearsFrom\``;
  }
  const pattern = new RegExp(`^${format.split(SPLIT).map(patternOf).join('')}$`);
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    return groups === undefined ? undefined : partsOf(groups, firstYear ?? 0);
  };
}

/** Tries formats in order. */
export function firstMatch(readers: readonly DateReader[]): DateReader {
  return (text) => {
    for (const read of readers) {
      const parsed = read(text);
      if (parsed !== undefined) return parsed;
    }
    return undefined;
  };
}

const SPLIT = /(YYYY|YY|MM|DD|hh|mm|ss|fff)/;

function patternOf(part: string): string {
  const token = TOKENS.find((name) => name === part);
  if (token === undefined) return part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return `(?<${token}>\\d{${token.length}})`;
}

type Parts = { readonly [name: string]: string | undefined };

function partsOf(parts: Parts, firstYear: number): ParsedDate | undefined {
  const year = parts.YYYY ?? String(fullYear(Number(parts.YY), firstYear)).padStart(4, '0');
  const date = `${year}-${parts.MM}-${parts.DD}`;
  if (!isBusinessDate(date)) return undefined;
  if (parts.hh === undefined) return { date, time: null };
  const { hh, mm = '00', ss = '00', fff = '000' } = parts;
  if (hh > '23' || mm > '59' || ss > '59') return undefined;
  return { date, time: `${hh}:${mm}:${ss}.${fff}` };
}

function fullYear(twoDigits: number, firstYear: number): number {
  const year = Math.floor(firstYear / 100) * 100 + twoDigits;
  return year < firstYear ? year + 100 : year;
}
