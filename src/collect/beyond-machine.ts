import type { Component } from '../model/component.ts';
import { amount, resourceName } from '../model/in-words.ts';
import { fits } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';

/** The signals without the quotas that are larger than the machine, and what is said of those. */
export type Told = { readonly signals: readonly Signal[]; readonly notes: readonly Note[] };

/**
 * Leaves out the ceilings of quotas above the size of the largest machine that their component runs on: nobody comes to them, the machine is full before. Where it is told that such a quota keeps work from
 * running, there is another one that nobody tells: its use and its waits stay.
 */
export function withoutBeyondMachine(components: readonly Component[], signals: readonly Signal[]): Told {
  const beyond = signals.flatMap((quota) => {
    const machine = isQuota(quota) ? machineOf(quota, components, signals) : undefined;
    return machine !== undefined && leastOf(quota) > machine.size ? [{ quota, machine }] : [];
  });
  const dropped = new Set(beyond.flatMap(({ quota }) => [quota, ...whatItBounds(quota, signals)]));
  const byResource = Map.groupBy(beyond, ({ quota }) => resourceName(quota.resource));
  return {
    signals: signals.filter((signal) => !dropped.has(signal)),
    notes: [...byResource.values()].flatMap((own) => noteOn(own, signals)),
  };
}

type Machine = { readonly name: string; readonly size: number };
type Beyond = { readonly quota: Signal; readonly machine: Machine };

const isQuota = ({ role, resource, evidence }: Signal): boolean =>
  role === 'ceiling' && resource.kind === 'quota' && evidence.source !== 'stated';

/** The largest of what carries the component, in the unit of the quota. */
function machineOf(
  { resource }: Signal,
  components: readonly Component[],
  signals: readonly Signal[],
): Machine | undefined {
  const name = components.find((component) => component.name === resource.component)?.on;
  const sizes = signals
    .filter(
      (one) =>
        one.resource.component === name &&
        one.role === 'ceiling' &&
        one.resource.kind === 'servers' &&
        one.resource.unit === resource.unit,
    )
    .map(mostOf);
  return name === undefined || sizes.length === 0 ? undefined : { name, size: Math.max(...sizes) };
}

const isOfSame = (one: Signal, other: Signal): boolean =>
  one.resource.component === other.resource.component && one.resource.resource === other.resource.resource;

const keepsFromRunning = (quota: Signal, signals: readonly Signal[]): boolean =>
  signals.some((one) => isOfSame(one, quota) && one.role === 'queue' && one.parts.some(rises));

const rises = ({ values }: SampleSeries): boolean => (values.at(-1) ?? 0) > (values[0] ?? 0);

/** All that is told of a quota that keeps nothing from running. */
const whatItBounds = (quota: Signal, signals: readonly Signal[]): readonly Signal[] =>
  keepsFromRunning(quota, signals) ? [] : signals.filter((one) => isOfSame(one, quota) && fits(quota.at, one.at));

function noteOn(own: readonly Beyond[], signals: readonly Signal[]): readonly Note[] {
  const [first] = own;
  if (!first) return [];
  const { quota, machine } = first;
  const { component, resource, unit } = quota.resource;
  const told = Math.min(...own.map((one) => leastOf(one.quota)));
  const after = keepsFromRunning(quota, signals)
    ? `it is kept from running all the same, so that it is held to less than is told; cure: state it as "ceilings: { ${resource.replaceAll('-', '_')}: … }" under component "${component}"`
    : 'it is no limit of its own, and not looked at';
  const text = `${resourceName(quota.resource)}: ${amount(told, unit)} are told as its ceiling, and ${machine.name}, on which it runs, has ${amount(machine.size, unit)}: ${after}`;
  return [{ about: 'data', text }];
}

const finite = (values: Float64Array): readonly number[] => [...values].filter(Number.isFinite);

/** What was told at its least, and at its most. */
const leastOf = (signal: Signal): number => sizeOf(signal, (values) => Math.min(...values), Number.POSITIVE_INFINITY);
const mostOf = (signal: Signal): number => sizeOf(signal, (values) => Math.max(...values), 0);

function sizeOf(
  { form, parts, over, scale }: Signal,
  pick: (values: readonly number[]) => number,
  none: number,
): number {
  if (form === 'count') return parts.length;
  const total = (series: readonly SampleSeries[]): number =>
    series.reduce((sum, { values }) => sum + pick(finite(values)), 0);
  const divided = over.length === 0 ? total(parts) : total(parts) / total(over);
  return Number.isFinite(divided) ? scale * divided : none;
}
