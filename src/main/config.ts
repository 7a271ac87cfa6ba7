import { isIP } from 'node:net';
import { z } from 'zod';
import { USUAL_CLAIMS } from '../adapters/identity/claim-names.ts';
import type { IssuerSettings } from '../adapters/identity/token-verifier.ts';
import { ROLES } from '../app/ports/identity.ts';
import type { QuotaSettings } from '../graphql/admission/quotas.ts';
import { ANSWER_BYTES, BUDGETS, type Budgets } from '../graphql/budgets.ts';
import { readClaimNames } from './claim-settings.ts';
import { readQuotas } from './quota-settings.ts';

/** Everything that can be set from outside, parsed once; nothing else reads the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The same where it was named, for who serves nothing unasked. */
  readonly givenPort: number | undefined;
  readonly databaseUrl: string | undefined;
  /** By which the owner connects, for who prepares the database. */
  readonly ownerUrl: string | undefined;
  readonly dataFolder: string | undefined;
  readonly pgBinDir: string | undefined;
  readonly issuer: IssuerSettings | undefined;
  readonly trainingWorkers: number;
  readonly poolSize: number;
  /** True where the service handles jobs too, false where that is left to `nextbest work`. */
  readonly handlesJobs: boolean;
  /** What one operation may cost, by role, and how many bytes its answer may have. */
  readonly budgets: Budgets;
  readonly answerBytes: number;
  /** Whether listed operations alone are answered; undefined: of a real bank they are. */
  readonly listedOnly: boolean | undefined;
  /** How often clients and channels may ask. */
  readonly quotas: QuotaSettings;
  /** The clients that are assistants; undefined: of a real bank none, of the demo any. */
  readonly assistants: readonly string[] | undefined;
  readonly logLevel: string;
}

/** A setting that cannot be used, with what to write instead. */
export class BadSetting extends Error {}

const text = z.string().min(1);
const whole = (least: number, most: number) => {
  const allowed = `set a whole number from ${least} to ${most}`;
  return z.coerce.number(allowed).int(allowed).min(least, allowed).max(most, allowed);
};
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Budgets are written as `AGENT=50000,AUDITOR=100000`; roles that are left out keep theirs. */
function budgetsIn(given: string, context: z.RefinementCtx): Partial<Budgets> {
  const entries = given.split(',').map((one) => /^([A-Z_]+)=([1-9]\d{0,8})$/.exec(one.trim()));
  if (entries.every((one) => ROLES.some((role) => role === one?.[1]))) {
    return Object.fromEntries(entries.map((one) => [one?.[1], Number(one?.[2])]));
  }
  context.addIssue(`set ROLE=COST, by commas, of ${ROLES.join(', ')}`);
  return z.NEVER;
}

const SETTINGS = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: whole(0, 65_535).optional(),
  DATABASE_URL: text.optional(),
  NEXTBEST_OWNER_URL: text.optional(),
  NEXTBEST_DATA: text.optional(),
  PG_BIN_DIR: text.optional(),
  NEXTBEST_ISSUER: text.optional(),
  NEXTBEST_AUDIENCE: text.default('nextbest'),
  NEXTBEST_JWKS: text.optional(),
  NEXTBEST_ALGORITHMS: text
    .regex(
      /^(RS|PS|ES)(256|384|512)(,(RS|PS|ES)(256|384|512))*$|^EdDSA$/,
      'set one or more of RS, PS or ES with 256, 384 or 512, by commas, or EdDSA alone',
    )
    .default('ES256'),
  NEXTBEST_CLAIMS: text.transform(readClaimNames).optional(),
  NEXTBEST_TOKEN_MINUTES: whole(1, 1_440).optional(),
  NEXTBEST_KEYS_MINUTES: whole(1, 1_440).default(10),
  NEXTBEST_WORKERS: whole(0, 64).default(2),
  NEXTBEST_POOL: whole(2, 200).default(8),
  NEXTBEST_JOBS: z.enum(['on', 'off'], 'set on or off').default('on'),
  NEXTBEST_BUDGETS: text.transform(budgetsIn).optional(),
  NEXTBEST_QUOTAS: text.transform(readQuotas).optional(),
  NEXTBEST_ANSWER_BYTES: whole(65_536, 67_108_864).default(ANSWER_BYTES),
  NEXTBEST_OPERATIONS: z.enum(['any', 'listed'], 'set any or listed').optional(),
  NEXTBEST_ASSISTANTS: text
    .regex(/^[!-+\--~]{1,128}(,[!-+\--~]{1,128})*$/, 'set ids of clients, by commas')
    .optional(),
  NEXTBEST_LOG: z.enum(LOG_LEVELS, `set one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** Parses the environment; an empty variable counts as not set. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const read = SETTINGS.safeParse(Object.fromEntries(given));
  if (!read.success) {
    const wrong = new Map(
      read.error.issues.map(({ path, message }) => [String(path[0]), message]),
    );
    const lines = [...wrong].map(
      ([name, allowed]) => `${name}: \`${environment[name]}\` cannot be used: ${allowed}`,
    );
    throw new BadSetting(lines.join('; '));
  }
  const s = read.data;
  if (s.NEXTBEST_ISSUER === undefined && s.NEXTBEST_JWKS !== undefined) {
    throw new BadSetting('NEXTBEST_JWKS gives the keys of an issuer: set NEXTBEST_ISSUER too');
  }
  return Object.freeze({
    host: s.HOST,
    port: s.PORT ?? 4000,
    givenPort: s.PORT,
    databaseUrl: s.DATABASE_URL,
    ownerUrl: s.NEXTBEST_OWNER_URL,
    dataFolder: s.NEXTBEST_DATA,
    pgBinDir: s.PG_BIN_DIR,
    issuer: issuerOf(s),
    trainingWorkers: s.NEXTBEST_WORKERS,
    poolSize: s.NEXTBEST_POOL,
    handlesJobs: s.NEXTBEST_JOBS === 'on',
    budgets: { ...BUDGETS, ...s.NEXTBEST_BUDGETS },
    quotas: s.NEXTBEST_QUOTAS ?? {},
    answerBytes: s.NEXTBEST_ANSWER_BYTES,
    listedOnly: s.NEXTBEST_OPERATIONS && s.NEXTBEST_OPERATIONS === 'listed',
    assistants: s.NEXTBEST_ASSISTANTS?.split(','),
    logLevel: s.NEXTBEST_LOG,
  });
}

function issuerOf(s: z.infer<typeof SETTINGS>): IssuerSettings | undefined {
  if (s.NEXTBEST_ISSUER === undefined) return undefined;
  return {
    issuer: s.NEXTBEST_ISSUER,
    audience: s.NEXTBEST_AUDIENCE,
    algorithms: s.NEXTBEST_ALGORITHMS.split(','),
    claims: s.NEXTBEST_CLAIMS ?? USUAL_CLAIMS,
    keysOutliveMs: s.NEXTBEST_KEYS_MINUTES * 60_000,
    ...(s.NEXTBEST_JWKS !== undefined && { jwks: s.NEXTBEST_JWKS }),
    ...(s.NEXTBEST_TOKEN_MINUTES !== undefined && {
      longestLifeSeconds: s.NEXTBEST_TOKEN_MINUTES * 60,
    }),
  };
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
