import type { DemoProduct } from './products.ts';
import type { Customer, Holding } from './world.ts';

/** Money that is to move, if the account allows it when its time comes. */
export interface Movement {
  readonly kind: 'MOVE';
  readonly at: number;
  readonly account: Holding;
  /** Signed: what the account gets. */
  readonly amountMinor: number;
  readonly category: string;
  readonly merchant?: string;
  readonly country?: string;
  readonly method?: string;
  /** Where the money goes to, or comes from, within the bank. */
  readonly other?: Holding;
  /** A bill: left unpaid it costs a penalty. A purchase is simply not made. */
  readonly bill?: boolean;
}

/** An instalment that falls due. */
export interface Instalment {
  readonly kind: 'INSTALMENT';
  readonly at: number;
  readonly account: Holding;
  readonly loan: Holding;
}

/** A product that is opened. */
export interface ProductOpening {
  readonly kind: 'OPEN';
  readonly at: number;
  readonly customer: Customer;
  readonly product: DemoProduct;
}

/** A term deposit that is paid out. */
export interface Maturity {
  readonly kind: 'MATURE';
  readonly at: number;
  readonly account: Holding;
  readonly deposit: Holding;
}

/** What a month has in store for a household's arrangements, to be taken in order of time. */
export type Happening = Movement | Instalment | ProductOpening | Maturity;
