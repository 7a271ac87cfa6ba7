/**
 * True when a caller takes JSON: what is asked may be recorded, so this is looked at before
 * anything runs and not when the answer is written.
 */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((one) => {
    const [type = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return TAKEN.has(type) && parameters.every(isTaken);
  });
}

const TAKEN = new Set([
  '*/*',
  'application/*',
  'application/json',
  'application/graphql-response+json',
]);

function isTaken(parameter: string): boolean {
  if (/^q\s*=/.test(parameter)) return Number(parameter.split('=')[1]) > 0;
  return /^charset\s*=\s*"?utf-8"?$/.test(parameter);
}
