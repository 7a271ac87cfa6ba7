/** A service, and who asks it. */
export interface Caller {
  readonly url: string;
  readonly token: string;
}

/** Asks an operation; throws where anything in the answer is an error. */
export async function ask<T>(
  { url, token }: Caller,
  query: string,
  variables: object,
): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors }: { readonly data?: T; readonly errors?: readonly unknown[] } =
    JSON.parse(text);
  if (response.status === 200 && data !== undefined && errors === undefined) return data;
  throw new Error(`${response.status}: ${text.slice(0, 2_000)}`);
}
