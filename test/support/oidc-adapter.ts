/** What a provider keeps, by kind and id; it outlives the provider, as a database would. */
export type Kept = Map<string, Stored>;

interface Stored {
  readonly uid?: string;
  readonly grantId?: string;
  readonly consumed?: number;
}

/** Keeps the state of an OpenID provider in memory. */
export function oidcAdapter(kept: Kept) {
  return (kind: string) => {
    const at = (id: string) => `${kind} ${id}`;
    return {
      upsert: async (id: string, payload: Stored) => void kept.set(at(id), payload),
      find: async (id: string) => kept.get(at(id)),
      findByUid: async (uid: string) =>
        [...kept].find(([key, one]) => key.startsWith(`${kind} `) && one.uid === uid)?.[1],
      findByUserCode: async () => undefined,
      consume: async (id: string) => {
        kept.set(at(id), { ...kept.get(at(id)), consumed: Math.floor(Date.now() / 1000) });
      },
      destroy: async (id: string) => void kept.delete(at(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [key, one] of kept) if (one.grantId === grantId) kept.delete(key);
      },
    };
  };
}
