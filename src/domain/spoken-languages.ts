import type { Channel } from './channel.ts';

/** The languages of a bank, as ISO 639-1 codes. */
export interface Languages {
  /** The language that the bank's own people work in. */
  readonly working: string;
  /** For customers who stated no language, or whose language a treatment lacks. */
  readonly default: string;
}

/** In these channels one of the bank's people reads a treatment; in others the customer does. */
const TOLD_TO_THE_BANK: ReadonlySet<Channel> = new Set(['AGENT', 'BRANCH']);

/**
 * The languages in which a treatment may be shown in a channel, the best first. A release without
 * declared languages permits the customer's own language only.
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
