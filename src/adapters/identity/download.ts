const TIMEOUT_MS = 2_000;
const MOST_CHARACTERS = 1_000_000;

/** An https URL, or http on loopback; undefined for all that must not be trusted for keys. */
export function trustedUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  return url?.protocol === 'http:' && isLocal(url) ? url : undefined;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** A redirect is not followed: what is trusted comes from the configured place and no other. */
export async function download(url: URL): Promise<string> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: 'application/jwk-set+json, application/json' },
  });
  const text = await response.text();
  if (response.status === 200 && text.length <= MOST_CHARACTERS) return text;
  throw new Error(`the issuer answers with status ${response.status}, ${text.length} characters`);
}
