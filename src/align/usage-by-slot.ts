import type { Signal } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { median } from '../stats/median.ts';
import { shownIn } from './reading-of.ts';
import type { Slot } from './slots.ts';

/** What is used of a resource, all instances together, slot by slot; undefined where it was not seen. */
export type Usage = {
  readonly component: string;
  readonly resource: string;
  readonly unit: string;
  readonly used: readonly (number | undefined)[];
  /** All of it, where that is known. */
  readonly ceiling: number | undefined;
};

/** Work that comes and goes with requests; what is held or stored follows other laws. */
const does = ({ resource }: Signal): boolean =>
  resource.layer !== 'hold' && ['rate', 'servers', 'quota'].includes(resource.kind);

/** The resources that do work, slot by slot; `completions`: what is done at any resource, a second. */
export function usageBySlot(
  signals: readonly Signal[],
  slots: readonly Slot[],
  role: 'usage' | 'completions' = 'usage',
): readonly Usage[] {
  const wanted = signals.filter((signal) => signal.role === role && (role === 'completions' || does(signal)));
  const groups = Map.groupBy(wanted, ({ resource }) => `${resource.component}\n${resource.resource}`);
  return [...groups.values()].flatMap((alike): readonly Usage[] => {
    const [first] = alike;
    if (!first) return [];
    const { component, resource, unit } = first.resource;
    const used = slots.map((slot) => total(alike, slot));
    const seen = used.filter((value) => value !== undefined);
    return seen.length === 0 ? [] : [{ component, resource, unit, used, ceiling: ceilingOf(first, signals, slots) }];
  });
}

function total(signals: readonly Signal[], slot: Span): number | undefined {
  const each = signals.flatMap((signal) => shownIn(signal, slot)?.value ?? []);
  return each.length === 0 ? undefined : each.reduce((sum, value) => sum + value, 0);
}

/** Some slots tell how much there is in all: ceilings seldom change. */
const looks = 25;

function ceilingOf({ resource }: Signal, signals: readonly Signal[], slots: readonly Slot[]): number | undefined {
  const own = signals.filter(
    (one) =>
      one.role === 'ceiling' &&
      one.resource.component === resource.component &&
      one.resource.resource === resource.resource,
  );
  const some = slots.filter((_, i) => i % Math.ceil(slots.length / looks) === 0);
  const seen = some.flatMap((slot) => total(own, slot) ?? []).filter(Number.isFinite);
  return seen.length === 0 ? undefined : median(seen);
}
