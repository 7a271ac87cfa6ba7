import pg from 'pg';
import type { Instant } from '../../../domain/instant.ts';

const OID = { int8: 20, date: 1082, timestamptz: 1184 } as const;

/** Reads dates as text, instants as ISO text of milliseconds and int8 as safe integers. */
export function typeParsers(): InstanceType<typeof pg.TypeOverrides> {
  const types = new pg.TypeOverrides();
  types.setTypeParser(OID.int8, safeInteger);
  types.setTypeParser(OID.date, (text: string) => text);
  types.setTypeParser(OID.timestamptz, instantOf);
  return types;
}

/** The server's text of an instant in UTC, with a blank or a `T`, as this code base writes it. */
export function instantOf(text: string): Instant {
  // Most instants are whole seconds, and a moment holds fifty of them.
  const end = text.slice(19);
  if (end === '+00:00' || end === '+00') return `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`;
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00(?::00)?$/.exec(text);
  if (match === null) throw new RangeError(`not an instant in UTC: \`${text}\``);
  const [, day, time, fraction = ''] = match;
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`\`${text}\` is beyond the integers that are exact here`);
  }
  return value;
}
