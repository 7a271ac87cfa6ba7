import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Clients of a folder in Berka's format, found by reading its files without any of our code. */
export interface BerkaClients {
  /** Owns an account of a year's age or more, and had neither loan nor card by the day. */
  readonly free: string;
  /** Owns an account on which a loan was granted by the day. */
  readonly borrower: string;
  /** Owns an account and held a card by the day, but no loan. */
  readonly cardholder: string;
  /** May use an account of somebody else, and has none. */
  readonly disponent: string;
  /** Opened the account after the day. */
  readonly later: string;
}

/** One client of each kind as of a day, `YYMMDD`. */
export function berkaClients(folder: string, day: string): BerkaClients {
  const read = (name: string) =>
    readFileSync(join(folder, name), 'latin1')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .slice(1)
      .map((line) => line.replaceAll('"', '').split(';'));
  const yearBefore = `${Number(day.slice(0, 2)) - 1}${day.slice(2)}`;
  const opened = new Map(read('account.asc').map((row) => [row[0], row[3] ?? '']));
  const borrowed = new Set(
    read('loan.asc').flatMap((row) => ((row[2] ?? '') <= day ? [row[1]] : [])),
  );
  const carded = new Set(
    read('card.asc').flatMap((row) => ((row[3] ?? '').slice(0, 6) <= day ? [row[1]] : [])),
  );
  const birth = new Map(read('client.asc').map((row) => [row[0], Number(row[1]?.slice(0, 2))]));
  const dispositions = read('disp.asc').map(([disp, client = '', account, type]) => {
    const age = Number(day.slice(0, 2)) - (birth.get(client) ?? 0);
    const isGrown = age >= 25 && age <= 60;
    const since = opened.get(account) ?? '';
    const loan = borrowed.has(account);
    const card = carded.has(disp);
    return { client, isOwner: type === 'OWNER', isGrown, since, loan, card };
  });
  type Found = (typeof dispositions)[number];
  const find = (wanted: (one: Found) => boolean): string => {
    const found = dispositions.find((one) => one.isGrown && wanted(one));
    if (found === undefined) throw new Error('the folder holds no client of that kind');
    return found.client;
  };
  const owns = (one: Found) => one.isOwner && one.since <= yearBefore;
  return {
    free: find((one) => owns(one) && !one.loan && !one.card),
    borrower: find((one) => owns(one) && one.loan && !one.card),
    cardholder: find((one) => owns(one) && one.card && !one.loan),
    disponent: find((one) => !one.isOwner && one.since <= yearBefore),
    later: find((one) => one.isOwner && one.since > day),
  };
}
