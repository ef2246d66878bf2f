import type { OwnCapacity } from '../../model/finding.ts';
import { shortfall } from '../../model/shortfall.ts';
import { erlangC } from '../../stats/erlang-c.ts';
import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, computes, known } from '../seen/cases.ts';
import { latencyOf, type View } from '../seen/view.ts';
import type { Cost } from './cost.ts';

/** How fast the share that waits longer falls, against work whose times are exponential: 2 ÷ (1 + cv²), for work that always takes as long, for such as differs a little (cv² ½) and for such as differs much (2). Which it is nobody tells. */
const exponents = { even: 2, usual: 4 / 3, uneven: 2 / 3 } as const;
/** Less than this of the end of a line is nothing. */
const negligible = 0.01;
const halvings = 30;

/**
 * Answers that come when nobody waits for them any more are no good ones: processors of which each request takes much of its time-out are not to be filled. Where so many wait longer than there is time left that
 * goodput no longer follows, by the waiting time of M/M/c, P(W > t) = C(c, ρ) e^(−c (1 − ρ) t ÷ S) (Erlang 1917), they end; its tail for work of other kinds by Kingman's (1962) heavy-traffic exponent.
 *
 * @param each what each instance costs and would carry: a request goes to one of them
 * @param patience after how long our own load gives a request up (s)
 */
export function inTime(
  capacity: OwnCapacity | undefined,
  alike: readonly Case[],
  {
    each,
    view,
    patience,
  }: { readonly each: readonly Cost[]; readonly view: View; readonly patience: number | undefined },
): OwnCapacity | undefined {
  const [one] = alike;
  const took = known(view.windows.map(latencyOf), view.low);
  if (patience === undefined || !one || !computes(one) || took.length === 0 || !capacity) return capacity;
  const size = one.ceiling.findLast((ceiling) => ceiling !== undefined);
  const demand = sum(each.map((cost) => numberIn(cost.demand?.perRequest)));
  const left = patience - median(took);
  if (size === undefined || !(demand > 0) || left <= 0) return capacity;
  const servers = Math.max(1, Math.floor(size));
  const work = { servers, rate: size / demand, left };
  const value = fullest(work, exponents.usual);
  if (1 - value < negligible) return capacity;
  return scaled(capacity, { value, low: fullest(work, exponents.uneven), high: fullest(work, exponents.even) });
}

const numberIn = (rate: { readonly kind: string; readonly value?: number } | undefined): number => rate?.value ?? 0;

type Work = {
  readonly servers: number;
  /** Requests a second that one instance carries at most. */
  readonly rate: number;
  /** How long may be waited (s). */
  readonly left: number;
};

/** How full they may be on average: the use at which the share that waits too long is all that may be lost. */
function fullest({ servers, rate, left }: Work, exponent: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < halvings; i += 1) {
    const use = (low + high) / 2;
    const late = erlangC(servers, use * servers) * Math.exp(-exponent * rate * (1 - use) * left);
    if (late > shortfall) high = use;
    else low = use;
  }
  return low;
}

type Shares = { readonly value: number; readonly low: number; readonly high: number };

function scaled(capacity: OwnCapacity, shares: Shares): OwnCapacity {
  const { rate, extrapolation, indicative } = capacity;
  const rest = {
    ...capacity,
    inTime: shares.value,
    extrapolation: extrapolation * shares.value,
    ...(indicative === undefined ? {} : { indicative: indicative * shares.value }),
  };
  if (rate.kind !== 'interval') return rest;
  return {
    ...rest,
    rate: {
      kind: 'interval',
      value: rate.value * shares.value,
      low: rate.low * shares.low,
      high: rate.high * shares.high,
    },
  };
}
