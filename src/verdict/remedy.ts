import type { Candidate, Findings, ResourceFinding } from '../model/finding.ts';
import { atCeiling } from '../model/full.ts';
import { endsBelow } from '../model/headroom.ts';
import { amount, beside, interval, number, percent, rate, resourceName } from '../model/in-words.ts';
import type { Verdict } from '../model/verdict.ts';
import { sum } from '../stats/sum.ts';

/** From this on the hottest instance does so much more than the mean that evenness is worth a sentence. */
const uneven = 1.15;

/** What lifting the first resource would give, from the own capacities of the others; how large it would have to be; and that a limit may protect what lies behind it. */
export function remedyOf(verdict: Verdict, findings: Findings): string | undefined {
  if (verdict.kind !== 'saturated') return undefined;
  const { capacity } = findings;
  const alike = instancesOf(verdict.first, findings);
  const [leaking] = alike.filter(({ leak }) => leak);
  if (leaking?.resource.kind === 'space') return 'Find what is never removed: a larger space only fills later.';
  if (leaking) return 'Find what does not give its units back: a larger pool only fills later.';
  if (capacity?.rate.kind !== 'interval') return undefined;
  const next = findings.next.find((one) => resourceName(one) !== resourceName(verdict.first));
  const protective = 'A limit can be protective: raise it in steps and measure again.';
  const gain =
    next === undefined
      ? `What lifting ${resourceName(verdict.first)} gives cannot be told: no other resource shows where it ends.`
      : endsBelow(next.capacity.rate, capacity)
        ? untold(verdict.first, next)
        : gainOf(verdict.first, capacity.rate.value, next, alike[0]);
  return [balance(alike, capacity.rate.value), gain, alreadyFull(verdict.first, findings), protective]
    .filter((text) => text !== '')
    .join(' ');
}

/** Processors that others fill end no line of this load, and leave nothing for more of it. */
function alreadyFull(first: Candidate, { resources }: Findings): string {
  const isFull = ({ resource, state, peak }: ResourceFinding): boolean =>
    resource.unit === 'cores' && (state === 'bystander' || state === 'busy') && (peak?.ratio ?? 0) >= atCeiling;
  const names = [...new Set(resources.filter(isFull).map(({ resource }) => resourceName(resource)))];
  const others = names.filter((one) => one !== resourceName(first));
  if (others.length === 0) return '';
  return `${others.join(' and ')} ${others.length > 1 ? 'are' : 'is'} full already, and may end before that.`;
}

const instancesOf = (first: Candidate, { resources }: Findings): readonly ResourceFinding[] =>
  resources.filter(({ resource }) => resource.component === first.component && resource.resource === first.resource);

/** Of what comes next an end is told that was passed already. */
const untold = (first: Candidate, { capacity, ...next }: Findings['next'][number]): string =>
  `What lifting ${resourceName(first)} gives cannot be told: ${resourceName(next)} comes next, and the end that is known of it, ${interval(capacity.rate)}, is less than what is carried already.`;

/** What the next resource is known to carry, and where it would end if that lies too far away to claim. */
function gainOf(
  first: Candidate,
  now: number,
  { capacity, ...next }: Findings['next'][number],
  found: ResourceFinding | undefined,
): string {
  const { rate: own, indicative } = capacity;
  if (own.kind === 'at-least') {
    const end =
      indicative === undefined ? '' : `, and would end near ${rate(indicative)} if its use went on as it does`;
    return `Once ${resourceName(first)} is lifted, ${resourceName(next)} is expected next: it carries ${interval(own)}${end}.`;
  }
  if (own.kind === 'interval' && own.value > now)
    return `${raised(first, own.value / now, found)} gives at most what ${resourceName(next)} carries: ${interval(own)}, ${percent(own.value / now - 1)} more.`;
  return `Lifting ${resourceName(first)} gives at most what ${resourceName(next)} carries: ${interval(own)}.`;
}

/** What can be counted is raised to the next whole number; of what is told as a share nobody knows the size, and how much larger a space must be for so much more is no proportion. */
function raised(first: Candidate, factor: number, found: ResourceFinding | undefined): string {
  const size = found?.peak?.ceiling;
  if (!found || size === undefined) return `Lifting ${resourceName(first)}`;
  const { kind, layer, unit } = found.resource;
  if (unit === 'operations/s' && (found.peak?.ratio ?? 1) < atCeiling)
    return `Making the operations of ${resourceName(first)} faster, or doing more of them at once (its ceiling of ${amount(size, unit)} is not what ends it),`;
  if (kind === 'space') return `Lifting ${resourceName(first)}`;
  if (layer === 'thread' && size === 1 && unit !== 'ratio')
    return `Sharing the work of ${resourceName(first)}, which is one thread, among ${number(Math.ceil(factor - 1e-9))}, or making it do less for each request,`;
  if (unit === 'ratio') return `Making ${resourceName(first)} ${number(factor)} times as large`;
  const isWhole = layer !== 'leaf' || kind === 'external';
  const wanted = isWhole ? Math.ceil(size * factor - 1e-9) : size * factor;
  return `Raising ${resourceName(first)} from ${beside(size, unit)} to ${amount(wanted, unit)}`;
}

/** Instances that are not alike: the hottest sets the capacity, and evenness would be a gain without a larger limit. */
function balance(alike: readonly ResourceFinding[], now: number): string {
  const sizes = alike.flatMap(({ peak }) => peak?.ceiling ?? []);
  if (alike.length >= 2 && sizes.length === alike.length && Math.max(...sizes) >= uneven * Math.min(...sizes))
    return bySize(alike, sizes, now);
  const used = usedBefore(alike);
  const skew = Math.max(...used) / mean(used);
  if (used.length < 2 || !(skew >= uneven)) return '';
  return `The hottest of ${used.length} instances sets this, at ${number(skew)} times their mean: evenly loaded they would carry about ${rate(now * skew)}.`;
}

/** Instances of several sizes: how full each is says nothing of how evenly they are loaded; what is in use in each does. */
function bySize(alike: readonly ResourceFinding[], sizes: readonly number[], now: number): string {
  const fills = usedBefore(alike);
  const hottest = fills.indexOf(Math.max(...fills));
  const [size, found] = [sizes[hottest], alike[hottest]];
  const inUse = inUseBefore(alike, sizes);
  const [own, all, together] = [inUse[hottest] ?? 0, sum(inUse), sum(sizes)];
  const gain = size ? (own / all) * (together / size) : 0;
  if (!found || size === undefined || !(gain >= uneven)) return '';
  const times = own / mean(inUse);
  const share =
    times >= uneven
      ? `it has ${number(times)} times their mean load`
      : 'hardly more of the load comes to it than to the others';
  const { unit } = found.resource;
  return `Of ${alike.length} instances of different size one with ${beside(size, unit)} of all ${amount(together, unit)} sets this: ${share}. Sized alike or loaded by their size they would carry up to about ${rate(now * gain)}.`;
}

const mean = (values: readonly number[]): number => sum(values) / values.length;

/** How much of each was in use wherever the hottest had room, all in all; at their peaks where it never had. */
function inUseBefore(alike: readonly ResourceFinding[], sizes: readonly number[]): readonly number[] {
  const windows = withRoom(alike);
  if (windows.length === 0) return alike.map(({ peak }) => peak?.usage ?? 0);
  return sizes.map((size, at) => size * sum(windows.map((fills) => fills[at] ?? 0)));
}

/** How full each was where they were fullest and the hottest had room: what is full shows no more of what comes to it. At their peaks where none had. */
function usedBefore(alike: readonly ResourceFinding[]): readonly number[] {
  const fullest = withRoom(alike).toSorted((a, b) => Math.max(...b) - Math.max(...a))[0];
  return fullest ?? alike.flatMap(({ peak }) => (peak?.ratio === undefined ? [] : [peak.ratio]));
}

/** How full each was in the windows in which all were read and the hottest had room. */
const withRoom = (alike: readonly ResourceFinding[]): readonly (readonly number[])[] =>
  (alike[0]?.curve ?? [])
    .map((_, i) => alike.flatMap(({ curve }) => curve[i] ?? []))
    .filter((fills) => fills.length === alike.length && Math.max(...fills) < atCeiling);
