/** Slows those who guess (goodsam.md 14.7 and 21.37). */
export interface Slowdown {
  /** Resolves at once for the first wrong tries of an address in a minute, later ones wait. */
  wrong(client: string): Promise<void>;
}

const freeTries = 5;
const minute = 60_000;
const wait = 2_000;
const maxClients = 10_000;

/** Counts in this process: an address that is spread over instances is slowed a little later, which does not help against 71 bits. */
export function createSlowdown({ now, sleep }: { readonly now: () => Date; readonly sleep: (milliseconds: number) => Promise<unknown> }): Slowdown {
  const tries = new Map<string, number[]>();
  return {
    async wrong(client) {
      const at = now().getTime();
      const recent = [...(tries.get(client) ?? []).filter(time => at - time < minute), at];
      if (tries.size >= maxClients) tries.clear();
      tries.set(client, recent.slice(-50));
      if (recent.length > freeTries) await sleep(wait);
    },
  };
}
