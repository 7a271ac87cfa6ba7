/** What an arrangement is to facts and rules, whatever the core calls its product. */
export const PRODUCT_KINDS = [
  'CURRENT_ACCOUNT',
  'SAVINGS_ACCOUNT',
  'TERM_DEPOSIT',
  'OVERDRAFT',
  'CARD',
  'LOAN',
  'MORTGAGE',
  'INVESTMENT',
  'INSURANCE',
  'PENSION',
] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];
