import type { BusinessDate } from '../../domain/business-date.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CurrencyCode } from '../../domain/money.ts';

/** DEMO: generated. BANK: real. EVALUATION: consent is assumed, so it may never be served. */
export type BankMode = 'DEMO' | 'BANK' | 'EVALUATION';

/** Who is served; the business date is moved by imports and by `advance`, never by the clock. */
export interface Bank {
  readonly name: string;
  readonly mode: BankMode;
  readonly businessDate: BusinessDate;
  readonly reportingCurrency: CurrencyCode;
}

/** A database holds one bank: another one needs a database of its own. */
export class BankExists extends Error {
  constructor(name: string) {
    super(`the database already holds the bank \`${name}\`: use another database or data folder`);
    this.name = 'BankExists';
  }
}

/** The one bank of a database. */
export interface BankStore {
  read(): Promise<Bank | undefined>;
  create(bank: Bank, by: { readonly actor: string; readonly at: Instant }): Promise<void>;
  setBusinessDate(date: BusinessDate): Promise<void>;
}
