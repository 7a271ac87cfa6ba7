import { LRUCache } from 'lru-cache';

/** How often something may be done: on average, and at once after a while without. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

/** The quotas of a service; what is not named has none. */
export interface QuotaSettings {
  /** Of each client that `clients` does not name. */
  readonly client?: Quota;
  readonly clients?: { readonly [client: string]: Quota };
  readonly channels?: { readonly [channel: string]: Quota };
}

/** A quota that is used up, and when there will be something of it again. */
export interface UsedUp {
  readonly quota: Quota;
  readonly waitMs: number;
}

/** Counts what is done against the quotas; undefined where it may be done now. */
export interface Quotas {
  takeClient(client: string): UsedUp | undefined;
  takeChannel(channel: string): UsedUp | undefined;
}

interface Bucket {
  tokens: number;
  filledMs: number;
}

/** So many clients are remembered, those who asked last; only verified tokens name one. */
const MOST_BUCKETS = 10_000;

/** Makes token buckets, one a client and one a channel, in the memory of this process. */
export function createQuotas(settings: QuotaSettings, nowMs: () => number): Quotas {
  const { client: usual, clients = {}, channels = {} } = settings;
  const takeFrom = (quotaOf: (name: string) => Quota | undefined) => {
    const buckets: Buckets = new LRUCache({ max: MOST_BUCKETS });
    return (name: string) => {
      const quota = quotaOf(name);
      return quota && take(bucketOf(buckets, { name, quota, nowMs: nowMs() }), quota);
    };
  };
  return {
    takeClient: takeFrom((name) => ownOf(clients, name) ?? usual),
    takeChannel: takeFrom((name) => ownOf(channels, name)),
  };
}

function ownOf(quotas: { readonly [name: string]: Quota }, name: string): Quota | undefined {
  return Object.hasOwn(quotas, name) ? quotas[name] : undefined;
}

function take(bucket: Bucket, quota: Quota): UsedUp | undefined {
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return undefined;
  }
  return { quota, waitMs: ((1 - bucket.tokens) / quota.perSecond) * 1_000 };
}

interface Filling {
  readonly name: string;
  readonly quota: Quota;
  readonly nowMs: number;
}

type Buckets = LRUCache<string, Bucket>;

/** The bucket as full as it is by now. */
function bucketOf(buckets: Buckets, { name, quota, nowMs }: Filling): Bucket {
  const bucket = buckets.get(name) ?? { tokens: quota.burst, filledMs: nowMs };
  const gained = (Math.max(0, nowMs - bucket.filledMs) / 1_000) * quota.perSecond;
  bucket.tokens = Math.min(quota.burst, bucket.tokens + gained);
  bucket.filledMs = nowMs;
  buckets.set(name, bucket);
  return bucket;
}
