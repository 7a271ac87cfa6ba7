import type { ArrangementIdentity, PartyIdentity } from '../../domain/bank-record.ts';
import type { ReadMany } from './customer-source.ts';

/**
 * Who customers are to people, as last recorded. It serves those who talk with a customer; what
 * decides, explains, trains or replays has no way here. Throws an outage like any source.
 */
export interface CustomerIdentities {
  /** By customer number. */
  readonly parties: ReadMany<PartyIdentity>;
  /** By the number of the arrangement. */
  readonly arrangements: ReadMany<ArrangementIdentity>;
}
