import { z } from 'zod';
import { CHANNELS } from '../domain/channel.ts';
import type { QuotaSettings } from '../graphql/admission/quotas.ts';
import { jsonIn } from './json-setting.ts';

const quota = z.strictObject({
  perSecond: z.number().positive().max(1_000_000),
  burst: z.int().min(1).max(1_000_000),
});

const QUOTAS = z.strictObject({
  client: quota.optional(),
  clients: z.record(z.string().min(1), quota).optional(),
  channels: z.partialRecord(z.enum(CHANNELS), quota).optional(),
});

const ALLOWED =
  'set a JSON object that gives `client` (each one), `clients` by their names or `channels` by ' +
  `${CHANNELS.join(', ')} an object of \`perSecond\`, over 0, and \`burst\`, a whole number ` +
  'from 1; what is left out has no quota';

/** Reads how often clients and channels may ask. */
export function readQuotas(given: string, context: z.RefinementCtx): QuotaSettings {
  const read = QUOTAS.safeParse(jsonIn(given));
  if (!read.success) {
    context.addIssue(ALLOWED);
    return z.NEVER;
  }
  const told = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told);
}
