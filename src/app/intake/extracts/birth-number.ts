import { type BusinessDate, isBusinessDate } from '../../../domain/business-date.ts';

interface CzechBirthNumber {
  readonly birthDate: BusinessDate;
  readonly sex: 'F' | 'M';
}

/**
 * Reads a Czech or Slovak birth number: YYMMDD alone, or with a suffix of three digits (until
 * 1953) or four (since 1954, so that years below 54 are of this century). A woman's month is
 * raised by 50; since 2004 either may be raised by 20 more where a day's numbers ran out.
 */
export function czechBirthNumber(text: string): CzechBirthNumber | undefined {
  const match = /^(\d{2})(\d{2})(\d{2})(?:\/?(\d{3,4}))?$/.exec(text);
  if (match === null) return undefined;
  const [, yy = '', coded = '', day = '', suffix = ''] = match;
  const century = suffix.length === 4 && yy < '54' ? '20' : '19';
  const sex = Number(coded) > 50 ? 'F' : 'M';
  const raised = Number(coded) - (sex === 'F' ? 50 : 0);
  const month = raised > 20 && century + yy >= '2004' ? raised - 20 : raised;
  const birthDate = `${century}${yy}-${String(month).padStart(2, '0')}-${day}`;
  return isBusinessDate(birthDate) ? { birthDate, sex } : undefined;
}
