import { codeOf } from '../adapters/postgres/connection/outage-of.ts';

/** What a database that answers has against the login of a url, in words that tell the mend. */
export function databaseRefusal(error: unknown): string | undefined {
  return BY_STATE.get(codeOf(error) ?? '');
}

const BY_STATE: ReadonlyMap<string, string> = new Map([
  ['28P01', 'the database refuses the login: check user and password of its url'],
  ['28000', 'the database refuses the login: let the role of its url log in'],
  [
    '42501',
    'the role of the url may not do this: name the role of this duty in DATABASE_URL, or run ' +
      '`nextbest database prepare` where its rights lack',
  ],
]);
