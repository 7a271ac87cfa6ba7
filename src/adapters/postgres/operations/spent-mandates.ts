import type { SpentMandates } from '../../../app/ports/mandates.ts';
import type { Database } from '../connection/pool.ts';

/** The spent mandates in the table `spent_mandate`. */
export function createSpentMandates(database: Database): SpentMandates {
  return {
    async spend({ id, subject, client, operation, variables }, at) {
      const rows = await database.query(
        `insert into spent_mandate (id, subject, client, operation, variables, spent_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
        [id, subject, client ?? '', operation, variables, at],
      );
      return rows.length > 0;
    },
  };
}
