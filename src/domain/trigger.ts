/** What caused a decision, with the ids by which its cause is found again. */
export type Trigger =
  | { readonly kind: 'QUERY' }
  /** Something that happened to the customer; `eventKind` is the source's declared kind. */
  | { readonly kind: 'EVENT'; readonly eventId: string; readonly eventKind: string }
  | { readonly kind: 'BATCH'; readonly runId: string; readonly campaignId: string }
  /** The customer is being served; `intent` is coded, never the note itself. */
  | {
      readonly kind: 'SERVICE_INTERACTION';
      readonly interactionId: string;
      readonly intent: string;
    }
  /** A digital journey asks for one of its slots. */
  | { readonly kind: 'JOURNEY'; readonly placement: string };

/** What caused a decision, without its ids: what rules read and audits filter by. */
export type TriggerKind = Trigger['kind'];
