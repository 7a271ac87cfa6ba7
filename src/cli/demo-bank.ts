import type { BusinessDate } from '../domain/business-date.ts';

/** The seeded bank to try things on. */
export interface DemoBank {
  readonly mappingFile: string;
  /** Writes the extract of a business date, or only what was recorded after an earlier one. */
  readonly writeExtract: (
    folder: string,
    options: {
      readonly customers: number;
      readonly businessDate: BusinessDate;
      readonly recordedAfter?: BusinessDate;
    },
    onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
  ) => Promise<void>;
  readonly firstBusinessDate: BusinessDate;
}
