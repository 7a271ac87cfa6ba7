import { GraphQLError } from 'graphql';

/** A request that is answered by an error alone, and by which status. */
export interface HttpRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: { readonly [name: string]: string };
}

/** More is asked than can be answered soon: told to whom it would make all wait too long. */
export const OVERLOADED: HttpRefusal = {
  status: 503,
  code: 'OVERLOADED',
  message: 'more is asked than can be answered soon; nothing was recorded, try again in a moment',
  headers: { 'retry-after': '1' },
};

/** The same refusal where it is met while an operation runs. */
export function errorOf({ status, code, message, headers = {} }: HttpRefusal): GraphQLError {
  const http = { status, headers: new Map(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code, http } });
}
