import type { View } from '../seen/view.ts';
import { type Feeding, feedingOf, ratherThanNot } from './fed-by-misses.ts';
import type { Graph, Judged } from './judged.ts';

type Scene = Graph & { readonly view: View };

/** Where a cache drops what it has no room for, and its misses make the work of a root behind it, the cache is the root as surely as that; what it feeds waits for it. */
export function withCaches(judged: readonly Judged[], scene: Scene): readonly Judged[] {
  const fed = judged.flatMap((each) => {
    const { one, saturation, standing } = each;
    const feeding = standing.kind === 'root' && !scene.leaks(one) ? feedingOf(one, scene) : undefined;
    return feeding && standing.kind === 'root' && feeding.share > 0
      ? [{ each, saturation, own: standing.own, ...feeding }]
      : [];
  });
  if (fed.length === 0) return judged;
  return judged.map((each): Judged => {
    const behind = fed.find((one) => one.each === each);
    if (behind) return behindCache(each, behind);
    const [feeds] = fed
      .filter(({ cache }) => cache.resource === each.one.resource)
      .toSorted((a, b) => b.share - a.share);
    if (!feeds || each.standing.kind === 'root') return each;
    return { ...each, saturation: feeds.saturation, standing: { kind: 'root', own: feeds.own * feeds.share } };
  });
}

/** What is more likely fed than not waits for the cache; else it keeps what the cache leaves. */
const behindCache = (each: Judged, { cache, share, own }: Feeding & { readonly own: number }): Judged => ({
  ...each,
  standing:
    share >= ratherThanNot ? { kind: 'symptom', of: cache, by: 'misses' } : { kind: 'root', own: own * (1 - share) },
});
