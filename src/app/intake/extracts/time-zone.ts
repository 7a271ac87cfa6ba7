import { type BusinessDate, toEpochDay } from '../../../domain/business-date.ts';
import type { ClockChanges } from '../../../domain/mapping.ts';

/** Why a time of a place is no instant. */
export type ZoneTrouble = 'SKIPPED' | 'REPEATED';

/** Gives the instant of a time that a place's clocks showed, in ms since 1970. */
export type Zone = (date: BusinessDate, time: string) => number | ZoneTrouble;

const DAY_MS = 86_400_000;

/** Makes the reader of an IANA zone's times; undefined where there is no such zone. */
export function openZone(name: string, changes: ClockChanges = {}): Zone | undefined {
  const offsetAt = offsetsOf(name);
  if (offsetAt === undefined) return undefined;
  return (date, time) => {
    const shownMs = epochMs(date, time);
    const [before, after] = [offsetAt(shownMs - DAY_MS), offsetAt(shownMs + DAY_MS)];
    const [first, second] = [shownMs - before, shownMs - after];
    if (before === after) return first;
    // A change lies near: whichever offset holds at its own instant showed this time.
    const [isFirst, isSecond] = [offsetAt(first) === before, offsetAt(second) === after];
    if (isFirst && isSecond) {
      if (changes.repeated === undefined) return 'REPEATED';
      return changes.repeated === 'first' ? first : second;
    }
    if (isFirst) return first;
    if (isSecond) return second;
    return changes.skipped === 'shift' ? first : 'SKIPPED';
  };
}

/** Ms since 1970 of a UTC day and time as `09:30:00.000`. */
export function epochMs(date: BusinessDate, time: string): number {
  const [hours, minutes, seconds] = [time.slice(0, 2), time.slice(3, 5), time.slice(6, 8)];
  const minutesMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return toEpochDay(date) * DAY_MS + minutesMs + Number(seconds) * 1000 + Number(time.slice(9));
}

/** Days whose offsets are remembered: more than any extract spans. */
const REMEMBERED_DAYS = 100_000;

/** The offset from UTC at an instant, in ms; a day without a change is looked up once. */
function offsetsOf(name: string): ((ms: number) => number) | undefined {
  const parts = formatOf(name);
  if (parts === undefined) return undefined;
  const lookUp = (ms: number): number => {
    const shown = new Map(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
    const get = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? '00';
    const date = `${get('year').padStart(4, '0')}-${get('month')}-${get('day')}`;
    const time = `${get('hour')}:${get('minute')}:${get('second')}.000`;
    return epochMs(date, time) - Math.floor(ms / 1000) * 1000;
  };
  const ofDay = new Map<number, number | null>();
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    let offset = ofDay.get(day);
    if (offset === undefined) {
      const start = lookUp(day * DAY_MS);
      offset = start === lookUp((day + 1) * DAY_MS) ? start : null;
      if (ofDay.size === REMEMBERED_DAYS) ofDay.clear();
      ofDay.set(day, offset);
    }
    return offset ?? lookUp(ms);
  };
}

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
