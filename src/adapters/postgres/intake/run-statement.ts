import type { PoolClient, QueryResult } from 'pg';

/** Settling may take longer than a query of the service ever may. */
const STATEMENT_TIMEOUT_MS = 3_600_000;

/** Runs a statement of a settling. */
export function rows(
  client: PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<QueryResult> {
  const query = { text, values: [...values], query_timeout: STATEMENT_TIMEOUT_MS };
  return client.query(query);
}

/** Runs one and says how many rows it changed or found. */
export async function changed(
  client: PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<number> {
  return (await rows(client, text, values)).rowCount ?? 0;
}
