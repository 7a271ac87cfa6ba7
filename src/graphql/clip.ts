/** How much of what a caller wrote is repeated to it. */
const MOST = 100;
/** A message may name several things, and no more than that. */
const MOST_MESSAGE = 400;

/** What a caller wrote, short enough to be repeated. */
export function clip(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1)}…`;
}

/** A message that graphql worded around what a caller wrote, of which no long stretch is left. */
export function clipMessage(message: string): string {
  const quoted = message
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => (text.length <= MOST ? text : `${clip(text)}"`))
    .replace(/[[{][\s\S]{100,}[\]}]/g, clip)
    .replace(/\S{101,}/g, clip);
  return quoted.length <= MOST_MESSAGE ? quoted : `${quoted.slice(0, MOST_MESSAGE)}…`;
}
