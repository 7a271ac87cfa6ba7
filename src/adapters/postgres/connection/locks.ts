/**
 * The advisory locks of this program, by what they keep apart. INVARIANT: no two are the same, and
 * none changes its number, for an older program may hold it.
 */
export const LOCKS = {
  /** Two processes that bring a database to the newest schema. */
  migrate: 20_261_124,
  /** Two that create the bank. */
  bank: 20_261_125,
  /** Two activations. */
  activation: 20_261_126,
  /** Two that make the partition of a month. */
  partition: 20_261_127,
  /** Two that make roles and grant rights. */
  prepare: 20_261_128,
  /** Two imports. */
  import: 6_271_931,
} as const;
