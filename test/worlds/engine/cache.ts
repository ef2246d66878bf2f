import type { Resource } from '../world.ts';
import { uniformOf } from './draw.ts';

type Store = Extract<Resource, { kind: 'cache' }>;

/** Entries that are kept, all that fit once it is warm. */
export type Cache = {
  readonly kind: 'cache';
  readonly store: Store;
  readonly since: number;
  hits: number;
  misses: number;
  evictions: number;
};

export const makeCache = (store: Store, now: number): Cache => ({
  kind: 'cache',
  store,
  since: now,
  hits: 0,
  misses: 0,
  evictions: 0,
});

const most = ({ size, entries }: Store) => Math.min(size, entries);

function present({ store, since }: Cache, now: number): number {
  return store.warm > 0 ? most(store) * Math.min(1, (now - since) / store.warm) : most(store);
}

/** Whether a request finds what it looks for. */
export function lookUp(cache: Cache, key: number, now: number): boolean {
  const { store } = cache;
  const kept = present(cache, now);
  if (uniformOf(key) < Math.min(1, kept / store.entries) ** store.skew) {
    cache.hits += 1;
    return true;
  }
  cache.misses += 1;
  if (store.size < store.entries && kept >= store.size) cache.evictions += 1;
  return false;
}

export function lookAtCache(cache: Cache, now: number) {
  const { hits, misses, evictions, store } = cache;
  const entries = present(cache, now);
  return {
    size: store.size,
    used: entries,
    waiting: 0,
    usedTime: 0,
    waitingTime: 0,
    stalledTime: 0,
    completions: hits + misses,
    refusals: 0,
    more: { hits, misses, evictions, entries, bytes: entries * store.each },
  };
}
