import type { Component } from '../../model/component.ts';
import { line } from '../../stats/line.ts';
import { type Case, computes, fillOf, nameOf, sumAt } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/** What a request costs is believed to rise from so many standard errors on, and where it has risen by this share. */
const plainly = 3;
const risen = 0.08;
const leastPoints = 4;
/** The least of what has risen beside the most. */
const alike = 0.5;
/** Processors that are less used than this share no cores yet, nor crowd each other. */
const hardlyUsed = 0.5;
/** Less than this of its ceiling tells nothing of what a request costs. */
const used = 0.05;

type Given = {
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly components: readonly Component[];
};

/**
 * Whether requests have become others on the way up: what one costs rises in several components that have nothing to do with each other, by about the same share, and while hardly anything of them is used. What makes
 * work dearer the more of it there is (shared cores, locks, collections) does so in one place, and not before that is much used.
 */
export function mixDrifts(cases: readonly Case[], { view, sustained, components }: Given): boolean {
  const groups = [...Map.groupBy(cases.filter(computes), nameOf).values()];
  const told = groups.flatMap((group) => riseOf(group, view, sustained) ?? []);
  const own = told.filter(({ component }) => !carriesTold(component, told, components));
  const most = [...Map.groupBy(own, ({ component }) => placeOf(component, told, components)).values()].flatMap(
    (several) => several.toSorted((a, b) => b.fill - a.fill)[0] ?? [],
  );
  const rising = most.filter(({ isPlain }) => isPlain);
  const shares = rising.map(({ share }) => share);
  return (
    rising.length >= 2 && Math.min(...shares) >= alike * Math.max(...shares) && rising.some(({ isEarly }) => isEarly)
  );
}

type Rise = {
  readonly component: string;
  readonly fill: number;
  /** By which share a request costs more at the highest load than at the lowest. */
  readonly share: number;
  readonly isPlain: boolean;
  /** It rises plainly before half of it is used. */
  readonly isEarly: boolean;
};

type Seen = { readonly load: number; readonly each: number; readonly fill: number };

function riseOf(group: readonly Case[], view: View, sustained: readonly boolean[]): Rise | undefined {
  const [one] = group;
  const seen = view.windows.flatMap(({ throughput }, i): readonly Seen[] => {
    const all = sumAt(group, 'usage', i);
    const fill = Math.max(0, ...group.map((each) => fillOf(each, i) ?? 0));
    return sustained[i] && all !== undefined && throughput > 0
      ? [{ load: throughput, each: all / throughput, fill }]
      : [];
  });
  const fill = Math.max(0, ...seen.map((at) => at.fill));
  const all = shareOf(seen);
  if (!one || fill < used || !all) return undefined;
  const early = fill < hardlyUsed ? all : shareOf(seen.filter((at) => at.fill < hardlyUsed));
  return { component: one.resource.component, fill, ...all, isEarly: early?.isPlain ?? false };
}

function shareOf(seen: readonly Seen[]): Pick<Rise, 'share' | 'isPlain'> | undefined {
  const loads = seen.map(({ load }) => load);
  if (new Set(loads).size < leastPoints) return undefined;
  const fitted = line(
    loads,
    seen.map(({ each }) => each),
    loads,
  );
  const [low, high] = [Math.min(...loads), Math.max(...loads)];
  const share = (fitted.slope * (high - low)) / (fitted.intercept + fitted.slope * low);
  return { share, isPlain: share >= risen && fitted.slope > plainly * fitted.slopeError };
}

/** A machine does what runs on it does: that is no second witness. */
const carriesTold = (name: string, told: readonly Rise[], components: readonly Component[]): boolean =>
  components.some(({ name: carried, on }) => on === name && told.some(({ component }) => component === carried));

/** Where it computes: on a machine that is much used, or of which nobody tells, all that runs there may be slowed by the rest. */
function placeOf(name: string, told: readonly Rise[], components: readonly Component[]): string {
  const on = components.find((one) => one.name === name)?.on;
  const machine = told.find(({ component }) => component === on);
  return on === undefined || (machine && machine.fill < hardlyUsed) ? name : on;
}
