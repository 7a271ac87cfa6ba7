/** Where a treatment is presented. */
export const CHANNELS = [
  'AGENT',
  'BRANCH',
  'MOBILE',
  'WEB',
  'EMAIL',
  'SMS',
  'PHONE',
  'MAIL',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who started the contact: the customer (inbound) or the bank (outbound). */
export type Direction = 'INBOUND' | 'OUTBOUND';

/** Why an action is taken; it decides the legal basis that a contact needs. */
export const PURPOSES = ['MARKETING', 'SERVICE', 'REGULATORY'] as const;
export type Purpose = (typeof PURPOSES)[number];
