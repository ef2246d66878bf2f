import type { Script } from '../model/script.ts';
import type { Carrier, Listener } from './carrier.ts';
import type { Connections } from './connections.ts';
import type { Counters } from './counters.ts';
import type { Leg } from './route.ts';
import type { Phase, Tally } from './tally.ts';
import type { VitalSigns } from './vitals-between.ts';
import type { Share, Walk } from './walks.ts';
import type { Timed } from './wheel.ts';

/** A request that is due: the walk that it belongs to, and which of its requests it is. */
export type Errand = { readonly walk: Walk; readonly leg: Leg; readonly due: number };

/** A request under way. */
export type Exchange = Errand & {
  readonly request: number;
  readonly phase: Phase;
  readonly carrier: Carrier<Exchange>;
  readonly trace: string | undefined;
  timed: Timed<Exchange> | undefined;
  onSocket: number | undefined;
};

/** A request that is about to be sent. */
export function exchangeOf(
  { walk, leg, due }: Errand,
  { phase, carrier, trace }: Pick<Exchange, 'phase' | 'carrier' | 'trace'>,
): Exchange {
  return { walk, leg, due, request: leg.request, phase, carrier, trace, timed: undefined, onSocket: undefined };
}

/** What one worker's share of the load stands on: its clock (s, monotonic), its connections, what it counts in, and what it counts together with the others. */
export type Ground = {
  readonly script: Script;
  readonly share: Share;
  readonly now: () => number;
  readonly signs: () => VitalSigns;
  readonly tally: Tally;
  readonly counters: Counters;
  readonly connect: (listener: Listener<Exchange>) => Connections<Exchange>;
  /** Something is due at this time, which may be sooner than it wanted to be turned. */
  readonly sooner: (at: number) => void;
};
