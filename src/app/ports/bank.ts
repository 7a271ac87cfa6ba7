import type { BusinessDate } from '../../domain/business-date.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CurrencyCode } from '../../domain/money.ts';

/** DEMO: generated. BANK: real. EVALUATION: consent is assumed, so it may never be served. */
export type BankMode = 'DEMO' | 'BANK' | 'EVALUATION';

export interface Bank {
  readonly name: string;
  readonly mode: BankMode;
  readonly businessDate: BusinessDate;
  readonly reportingCurrency: CurrencyCode;
}

/** The one bank of a database. */
export interface BankStore {
  read(): Promise<Bank | undefined>;
  create(bank: Bank, by: { readonly actor: string; readonly at: Instant }): Promise<void>;
  setBusinessDate(date: BusinessDate): Promise<void>;
}
