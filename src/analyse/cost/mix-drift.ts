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
/** A kind of request explains what the load does not where it leaves no more than this share of its standard deviation. */
const left = 0.5;
/** One kind of request may cost many times what another does: by a share of so many others that ask, much may change. */
const otherwise = 0.02;
/** Less than this of its ceiling tells nothing of what a request costs. */
const used = 0.05;

/** What tells that requests became others: one kind of them, by its share of all at each load, where the target tells kinds apart. */
export type MixDrift = { readonly asked?: AskedMore };
type AskedMore = { readonly name: string; readonly shares: ReadonlyMap<number, number> };

type Given = {
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly components: readonly Component[];
};

/**
 * Whether requests have become others on the way up: what one costs rises in several components that have nothing to do with each other, by about the same share, and while hardly anything of them is used. What makes
 * work dearer the more of it there is (shared cores, locks, collections) does so in one place, and not before that is much used. Where the target itself tells that other kinds are asked for, one place is enough,
 * early or where it goes with the share of that kind: one kind may be the work of one component alone.
 */
export function mixDrift(cases: readonly Case[], { view, sustained, components }: Given): MixDrift | undefined {
  const groups = [...Map.groupBy(cases.filter(computes), nameOf).values()];
  const told = groups.flatMap((group) => riseOf(group, view, sustained) ?? []);
  const own = told.filter(({ component }) => !carriesTold(component, told, components));
  const most = [...Map.groupBy(own, ({ component }) => placeOf(component, told, components)).values()].flatMap(
    (several) => several.toSorted((a, b) => b.fill - a.fill)[0] ?? [],
  );
  const rising = most.filter(({ isPlain }) => isPlain);
  const shares = rising.map(({ share }) => share);
  const isEverywhere = rising.length >= 2 && Math.min(...shares) >= alike * Math.max(...shares);
  const isEarly = rising.some((one) => one.isEarly);
  if (isEverywhere && isEarly) return {};
  const asked = kindsAskedMore(view, sustained).find((kind) =>
    rising.some((one) => one.isEarly || goesWith(one, kind.shares)),
  );
  return asked && { asked };
}

/** The kinds of request that are plainly more of all that is answered at the highest load than at the lowest, the one that gains most first. */
function kindsAskedMore({ windows }: View, sustained: readonly boolean[]): readonly AskedMore[] {
  const told = windows.filter(({ mix, throughput }, i) => sustained[i] && mix !== undefined && throughput > 0);
  const loads = told.map(({ throughput }) => throughput);
  if (new Set(loads).size < leastPoints) return [];
  const range = Math.max(...loads) - Math.min(...loads);
  const kinds = [...new Set(told.flatMap(({ mix = {} }) => Object.keys(mix)))].flatMap((name) => {
    const shares = told.map(({ mix, throughput }) => (mix?.[name] ?? 0) / throughput);
    const { slope, slopeError } = line(loads, shares);
    const isMore = slope > plainly * slopeError && slope * range >= otherwise;
    return isMore
      ? [{ name, gain: slope * range, shares: new Map(loads.map((load, i) => [load, shares[i] ?? 0])) }]
      : [];
  });
  return kinds.toSorted((a, b) => b.gain - a.gain);
}

/** Whether what a request costs goes with the share of a kind, and not with the load: half of what a line over the load leaves, and no more, is left. */
function goesWith({ seen }: Rise, share: ReadonlyMap<number, number>): boolean {
  const told = seen.filter(({ load }) => share.has(load));
  const costs = told.map(({ each }) => each);
  const byLoad = line(
    told.map(({ load }) => load),
    costs,
  );
  const byShare = line(
    told.map(({ load }) => share.get(load) ?? 0),
    costs,
  );
  return byShare.slope > 0 && byShare.residualSd <= left * byLoad.residualSd;
}

type Rise = {
  readonly component: string;
  readonly fill: number;
  /** By which share a request costs more at the highest load than at the lowest. */
  readonly share: number;
  readonly isPlain: boolean;
  /** It rises plainly before half of it is used. */
  readonly isEarly: boolean;
  readonly seen: readonly Seen[];
};

/** What a request cost at a load, and how full the fullest instance was there. */
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
  return { component: one.resource.component, fill, ...all, isEarly: early?.isPlain ?? false, seen };
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
