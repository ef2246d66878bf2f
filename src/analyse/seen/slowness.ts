import type { Window } from '../../model/sheet.ts';
import { median } from '../../stats/median.ts';
import { latencyOf, type View } from './view.ts';

/** What queues makes the median longer as well; where that is known, a mean counts as no more than this multiple of what the median grew by: a few long requests more make another mix, and no queue. */
const besides = 3;

/** How long answers take in a window (s), as far as it is waiting and not another mix of requests; `base` is the same at low load, without end where nobody tells. */
export type Slowness = { readonly base: number; readonly of: (window: Window) => number | undefined };

/** Where only answers are counted, latency is what shows that more was asked for. */
export function slownessIn(view: View): Slowness {
  const low = view.windows.filter((_, i) => view.low.includes(i));
  const means = low.flatMap((window) => latencyOf(window) ?? []);
  const medians = low.flatMap(({ latency }) => latency.p50 ?? []);
  if (means.length === 0) return { base: Number.POSITIVE_INFINITY, of: latencyOf };
  const [base, half] = [median(means), medians.length > 0 ? median(medians) : 0];
  const of = (window: Window): number | undefined => {
    const [took, p50] = [latencyOf(window), window.latency.p50];
    if (took === undefined || p50 === undefined || half <= 0) return took;
    return Math.min(took, base * Math.max(1, besides * (p50 / half)));
  };
  return { base, of };
}
