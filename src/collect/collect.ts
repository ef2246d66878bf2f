import type { BlindSpot } from '../model/blind-spot.ts';
import type { Collected } from '../model/collected.ts';
import type { Component } from '../model/component.ts';
import type { Note } from '../model/note.ts';
import type { Order } from '../model/order.ts';
import type { Pack } from '../model/pack.ts';
import type { Span } from '../model/span.ts';
import { withoutBeyondMachine } from './beyond-machine.ts';
import { knownOf, locate } from './locate.ts';
import { readChanges } from './read-changes.ts';
import { type Reading, type ReadSource, readSource } from './read-source.ts';
import { readTerms } from './read-terms.ts';
import { readTraffic } from './read-traffic.ts';
import type { Located } from './scope.ts';
import type { Source } from './source.ts';
import { toldOnce } from './told-twice.ts';
import { trustedTerms } from './trusted-terms.ts';
import { twinsOf } from './twins.ts';

/** What there is to collect with: every Prometheus by its name, and the packs. */
export type Reach = { readonly sources: ReadonlyMap<string, Source>; readonly packs: readonly Pack[] };

/**
 * Reads everything that Prometheus tells about the components of an order in a span: raw samples by resource, instance and role,
 * the target's own traffic, what changed, what cannot be seen and why.
 *
 * @throws CONFIG_INVALID where several things are called the same; PROMETHEUS_UNREACHABLE, PROMETHEUS_REFUSED, PROMETHEUS_GARBLED; the signal's reason when stopped
 */
export async function collect(all: Reach, order: Order, span: Span, stop: AbortSignal): Promise<Collected> {
  const sighted = await readingsOf(all, order.components, span, stop);
  const { reach, notes } = await toldOnce(all, { ...order, readings: sighted }, span, stop);
  const readings = reach === all ? sighted : await readingsOf(reach, order.components, span, stop);
  const [sources, changes, terms, traffic] = await Promise.all([
    Promise.all(readings.map((reading) => readSource(reading, span, stop))),
    Promise.all(readings.map((reading) => readChanges(reading, span, stop))),
    Promise.all(readings.map((reading) => readTerms(reading, span, stop))),
    trafficOf(reach, order, span, stop),
  ]);
  const merged = order.components.map((component) =>
    mergedOf(
      component,
      sources.filter((_, index) => readings[index]?.component === component),
    ),
  );
  const { signals, notes: beyond } = withoutBeyondMachine(
    order.components,
    merged.flatMap((one) => one.signals),
  );
  const twins = twinsOf(order.components, signals);
  return {
    signals,
    unlimited: merged.flatMap(({ unlimited }) => unlimited),
    traffic: traffic.traffic,
    terms: trustedTerms(terms),
    changes: changes.flat().sort((a, b) => a.at - b.at),
    blind: [
      ...merged.flatMap(({ blind }) => blind),
      ...order.components.flatMap((component) => unlooked(reach, component)),
    ],
    ...(twins.length > 0 && { twins }),
    notes: distinct([
      ...notes,
      ...sources.flatMap(({ notes }) => notes),
      ...merged.flatMap(({ notes }) => notes),
      ...beyond,
      ...traffic.notes,
    ]),
  };
}

/** Every pack of every component, with what its workload came to. */
export async function readingsOf(
  { sources, packs }: Reach,
  components: readonly Component[],
  span: Span,
  stop: AbortSignal,
): Promise<readonly Reading[]> {
  const sourceOf = (component: Component): Source | undefined => sources.get(component.signals[0]?.from ?? '');
  const located = new Map<string, Located>();
  const find = async (component: Component, known: Located): Promise<void> => {
    const source = sourceOf(component);
    if (source) located.set(component.name, await locate(source, packs, known, span, stop));
  };
  const isCarried = (component: Component): boolean => components.some(({ on }) => on === component.name);
  await Promise.all(components.filter((one) => !isCarried(one)).map((one) => find(one, knownOf(one))));
  await Promise.all(components.filter(isCarried).map((one) => find(one, carriersOf(one, components, located))));
  return components.flatMap((component) =>
    component.signals.flatMap((from) => {
      const source = sources.get(from.from);
      const pack = packs.find((candidate) => candidate.pack === from.pack);
      return source && pack ? [{ source, pack, component, from, located: located.get(component.name) ?? {} }] : [];
    }),
  );
}

/** What carries components is narrowed to the nodes that hold their pods. */
function carriersOf(
  carrier: Component,
  components: readonly Component[],
  located: ReadonlyMap<string, Located>,
): Located {
  const own = knownOf(carrier);
  const nodes = components.filter(({ on }) => on === carrier.name).flatMap(({ name }) => located.get(name)?.node ?? []);
  return nodes.length > 0 ? { ...own, node: [...new Set(nodes)].sort() } : own;
}

async function trafficOf(
  { sources, packs }: Reach,
  { traffic }: Order,
  span: Span,
  stop: AbortSignal,
): Promise<Awaited<ReturnType<typeof readTraffic>>> {
  const source = traffic && sources.get(traffic.from);
  const pack = packs.find((candidate) => candidate.pack === traffic?.pack);
  return traffic && source && pack ? readTraffic(source, pack, traffic, span, stop) : { traffic: undefined, notes: [] };
}

/** Of several packs that tell one resource the first that sees it counts; it is blind only where none does. */
function mergedOf(
  { name }: Component,
  read: readonly ReadSource[],
): Pick<Collected, 'signals' | 'blind' | 'notes'> & Pick<ReadSource['resources'][number], 'unlimited'> {
  const byResource = Map.groupBy(
    read.flatMap(({ resources }) => resources),
    ({ id }) => id,
  );
  const best = [...byResource.values()].flatMap(
    (several) =>
      several.find(({ signals }) => signals.length > 0) ??
      several.find(({ unlimited }) => unlimited.length > 0) ??
      several[0] ??
      [],
  );
  const told = new Set(
    best.flatMap(({ id, signals, unlimited }) => (signals.length + unlimited.length > 0 ? [id] : [])),
  );
  const silent = read.flatMap(({ silence }) => (silence?.ids.some((id) => !told.has(id)) ? [silence.spot] : []));
  return {
    signals: best.flatMap(({ signals }) => signals),
    unlimited: best.flatMap(({ unlimited }) => unlimited),
    blind: [...best.flatMap(({ blind }) => blind), ...silent],
    notes: [
      ...omissions(
        name,
        best.filter(({ omitted }) => omitted).map(({ id }) => id),
      ),
      ...forGrowth(
        name,
        best.filter(({ unlimited }) => unlimited.length > 0).map(({ id }) => id),
      ),
    ],
  };
}

/** One note for everything that a component soundly does without. */
function omissions(component: string, resources: readonly string[]): readonly Note[] {
  if (resources.length === 0) return [];
  const text = `${component}: not looked at, because nothing here limits it or tells of it: ${resources.join(', ')}`;
  return [{ about: 'data', text }];
}

/** One note for everything of a component that is read, though nothing tells where it ends. */
function forGrowth(component: string, resources: readonly string[]): readonly Note[] {
  if (resources.length === 0) return [];
  const text = `${component}: read for no more than whether it grows, because nothing here limits it: ${resources.join(', ')}`;
  return [{ about: 'data', text }];
}

/** What nobody was asked about. */
function unlooked({ sources }: Reach, { name, signals }: Component): readonly BlindSpot[] {
  if (signals.length === 0) {
    const why = 'the configuration names no signals for it';
    return [
      { component: name, resource: 'everything', why, cure: `list packs under "signals" of component "${name}"` },
    ];
  }
  return signals
    .filter(({ from }) => !sources.has(from))
    .map(({ from, pack }) => ({
      component: name,
      resource: `everything that pack "${pack}" tells`,
      why: `Prometheus "${from}" does not answer`,
      cure: `check the address of "${from}", and that it runs`,
    }));
}

function distinct(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()];
}
