import type { Channel } from './channel.ts';

/** What is spoken where, ISO 639-1. */
export interface Languages {
  /** Of the bank's own people: what they are told about a customer. */
  readonly working: string;
  /** Of customers whose own language a treatment lacks, or who never said. */
  readonly default: string;
}

/** Where a treatment tells one of the bank's people what to say; elsewhere customers read it. */
const TOLD_TO_THE_BANK: ReadonlySet<Channel> = new Set(['AGENT', 'BRANCH']);

/**
 * The languages in which a treatment may be shown in a channel, the best first. A release that was
 * built before languages were declared knows the customer's own only.
 */
export function languagesFor(
  live: { readonly channel: Channel; readonly language: string },
  languages: Languages | undefined,
): readonly string[] {
  if (languages === undefined) return [live.language];
  if (isToldToTheBank(live.channel)) return [languages.working];
  return [live.language, languages.default];
}

/** True where a treatment addresses one of the bank's people. */
export function isToldToTheBank(channel: Channel): boolean {
  return TOLD_TO_THE_BANK.has(channel);
}
