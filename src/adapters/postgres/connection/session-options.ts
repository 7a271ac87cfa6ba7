/** A url whose settings of each session stand apart, so that others can be added to them. */
export interface SplitUrl {
  readonly url: string;
  readonly options: readonly string[];
}

/** Takes the parameter `options` out of a url; the driver would let it replace all others. */
export function splitOptions(url: string): SplitUrl {
  if (!URL.canParse(url)) return { url, options: [] };
  const rest = new URL(url);
  const options = rest.searchParams.get('options');
  if (options === null) return { url, options: [] };
  rest.searchParams.delete('options');
  return { url: rest.href, options: [options] };
}

/** The same url, whose sessions act as a role that its login is in. */
export function actingAs(url: string, role: string): string {
  const { url: rest, options } = splitOptions(url);
  const acting = new URL(rest);
  acting.searchParams.set('options', [...options, `-c role=${role}`].join(' '));
  return acting.href;
}
