import { generateDemoBank } from '../../seeds/demo/generate-demo-bank.ts';

export type DemoRow = Readonly<Record<string, string>>;

/** A small demo bank held in memory: each file's text, as it would be written. */
export function demoFiles(
  options: Partial<Parameters<typeof generateDemoBank>[0]> = {},
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const bank = { seed: 7, customers: 120, businessDate: '2026-06-30', ...options };
  for (const { file, text } of generateDemoBank(bank)) {
    files.set(file, (files.get(file) ?? '') + text);
  }
  return files;
}

/** The rows of a file by column; the demo bank's cells hold no delimiter. */
export function demoRows(files: ReadonlyMap<string, string>, file: string): readonly DemoRow[] {
  const [header = '', ...lines] = linesOf(files, file);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const row: Record<string, string> = {};
    names.forEach((name, i) => {
      row[name] = cells[i] ?? '';
    });
    return row;
  });
}

/** The lines of a file, the header first. */
export function linesOf(files: ReadonlyMap<string, string>, file: string): readonly string[] {
  return (files.get(file) ?? '').split('\n').filter((line) => line !== '');
}

/** A column of a row; empty where the row states nothing. */
export function cellOf(row: DemoRow, column: string): string {
  return row[column] ?? '';
}

/** An amount of a row in minor units. */
export function minorOf(row: DemoRow, column: string): number {
  return Math.round(Number(cellOf(row, column)) * 100);
}
