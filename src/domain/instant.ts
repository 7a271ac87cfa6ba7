import { type BusinessDate, isBusinessDate } from './business-date.ts';

/** A UTC instant as `2026-11-24T09:30:00.000Z`; such texts sort as the instants do. */
export type Instant = string;

const PATTERN = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** True for exactly the form above with a date that exists. */
export function isInstant(text: string): boolean {
  const date = PATTERN.exec(text)?.[1];
  return date !== undefined && isBusinessDate(date);
}

/** The first instant of a UTC day. */
export function startOfDay(date: BusinessDate): Instant {
  return `${date}T00:00:00.000Z`;
}

/** The last instant of a UTC day: what was known by its end. */
export function endOfDay(date: BusinessDate): Instant {
  return `${date}T23:59:59.999Z`;
}

/** Later than anything that is recorded: whoever looks from here knows all that is. */
export const END_OF_TIME: Instant = '9999-12-31T23:59:59.999Z';

/** The UTC day in which an instant falls. */
export function dateOf(instant: Instant): BusinessDate {
  return instant.slice(0, 10);
}
