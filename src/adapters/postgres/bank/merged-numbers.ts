import type { PartyMergeRecord } from '../../../domain/bank-record.ts';
import { instantOf } from '../connection/type-parsers.ts';

/**
 * A common table `given_up` of the numbers that were ever merged into some others, which are an
 * array, however far off. Where there are none it costs a look into an index: `offset 0` keeps the
 * planner from reading all merges, for it cannot know how short the way is.
 */
export function givenUp(numbers: string, merges = 'bank_party_merge'): string {
  return `given_up (party_id) as (
    select m.party_id from unnest(${numbers}) n cross join lateral (
      select s.party_id from ${merges} s where s.survivor_id = n offset 0) m
    union
    select m.party_id from given_up g cross join lateral (
      select s.party_id from ${merges} s where s.survivor_id = g.party_id offset 0) m
  )`;
}

/** A common table `onward` of the numbers, an array, and of those in which they live on. */
export function onward(numbers: string): string {
  return `onward (party_id) as (
    select n from unnest(${numbers}) n
    union
    select m.survivor_id from onward o cross join lateral (
      select s.survivor_id from bank_party_merge s where s.party_id = o.party_id offset 0) m
  )`;
}

/** The merges that count now. */
export const MERGES_NOW = `(select n.party_id, n.survivor_id from bank_party_merge n
  where not exists (select from bank_party_merge l
    where l.party_id = n.party_id and l.recorded_at > n.recorded_at))`;

/** True of a number, a column, that stands for a customer itself: no merge is ever undone. */
export function standsItself(number: string): string {
  return `not exists (select from bank_party_merge m where m.party_id = ${number})`;
}

/** All versions of the merges of the numbers that a query yields, in cells; null for none. */
export function mergesOf(numbers: string): string {
  return `(
    select json_agg(json_build_array(m.party_id, m.survivor_id, m.recorded_at))
    from bank_party_merge m where m.party_id = any(array(${numbers})))`;
}

/** A merge as `mergesOf` lists it. */
export type MergeCells = readonly [partyId: string, survivorId: string, recordedAt: string];

/** Brings the cells into the form of the records they came from. */
export function mergesFrom(cells: readonly MergeCells[] | null): readonly PartyMergeRecord[] {
  return (cells ?? []).map(([partyId, survivorId, recordedAt]) => ({
    partyId,
    survivorId,
    recordedAt: instantOf(recordedAt),
  }));
}
