import { EVIDENCE } from '../../test/support/demo-queries.ts';
import { ask, type Caller } from './graphql.ts';

const QUERY = `query Audit($after: String) {
  decisionAudit(first: 8, after: $after) {
    ... on DecisionConnection {
      edges { node ${EVIDENCE} unreadable { id cause } } pageInfo { hasNextPage endCursor } }
    ... on Refusal { code message } } }`;

interface Page {
  readonly edges?: readonly {
    readonly node: { readonly id: string } | null;
    readonly unreadable: { readonly id: string; readonly cause: string } | null;
  }[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly message?: string;
}

/** The ids of all decisions that the audit shows with all their evidence. */
export async function shownDecisions(auditor: Caller): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  for (let after: string | null = null; ; ) {
    const answer: { readonly decisionAudit: Page } = await ask(auditor, QUERY, { after });
    const { edges, pageInfo, message } = answer.decisionAudit;
    if (edges === undefined || pageInfo === undefined) throw new Error(`no page: ${message}`);
    for (const { node } of edges) if (node !== null) shown.add(node.id);
    if (!pageInfo.hasNextPage) return shown;
    after = pageInfo.endCursor;
  }
}
