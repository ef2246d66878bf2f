import type { Component } from '../model/component.ts';
import { number } from '../model/in-words.ts';
import { type Labels, textOf } from '../model/labels.ts';
import type { Term } from '../model/term.ts';
import { atLeast } from './bounds.ts';
import { type Demand, demandOf } from './demand.ts';
import { type Count, replicasOf, type Seen } from './replicas.ts';
import { countedTerm, unknownTerm } from './term.ts';

/** What limits are counted from: the components as configured, the terms that were read, and which instances signals tell apart. */
export type Counted = {
  readonly components: readonly Component[];
  readonly terms: readonly Term[];
  readonly signals: readonly Seen[];
};

/** One who may ask: how many of it there may be, and what each may ask for. */
export type Asking = { readonly component: Component; readonly count: Count; readonly demand: Demand };

/** Everyone who may ask for a gift: those who call its giver, else those who might; those that run on it; or the component itself, once for all that live in the same pods. */
export function askersOf(gives: readonly [Term, ...Term[]], given: Counted): readonly Asking[] {
  const [{ of, to, giver, at, component: name }] = gives;
  const part = giver === undefined ? at : {};
  if (to === 'itself') {
    const own = new Set(gives.map(({ component }) => component));
    const asking = given.components.flatMap((one) => (own.has(one.name) ? (askingOf(one, of, part, given) ?? []) : []));
    return [...new Map(asking.map((one) => [podsOf(one.component), one])).values()];
  }
  if (to === 'carried') {
    return given.components.flatMap((one) => (one.on === name ? (askingOf(one, of, part, given) ?? []) : []));
  }
  const callers = given.components.filter(({ calls }) => calls.includes(name));
  if (callers.length === 0) return Object.keys(part).length > 0 ? [] : unlinked(name, of, given);
  return callers.flatMap((one) => {
    const asking = askingOf(one, of, part, given);
    if (asking) return [divided(byEachWorker(asking, given), of, given)];
    return Object.keys(part).length > 0 ? [] : [silent(one, gives[0], given)];
  });
}

/** What the orchestrator calls the container within a pod: all else being equal, two workloads are the same pods. */
const withinPod = 'container';

/** What is the same for components that live in the same pods; without a workload each is on its own. */
export function podsOf(component: Component | undefined): string {
  if (!component?.workload) return component?.name ?? '';
  const entries = Object.entries(component.workload).filter(([key]) => key !== withinPod);
  return `in ${textOf(Object.fromEntries(entries))}`;
}

function askingOf(component: Component, of: string, at: Labels, given: Counted): Asking | undefined {
  const demand = demandOf(component.name, of, at, given.terms);
  return demand && inEach({ component, count: replicasOf(component, given.terms, given.signals), demand });
}

/** Where several times as many are seen as are wanted, each replica has several processes that ask; fewer than twice as many are a rollout. */
function inEach(asking: Asking): Asking {
  const { component, count, demand } = asking;
  const times = Math.floor(demand.replicas / (count.present ?? demand.replicas));
  if (times < 2 || !Number.isFinite(times)) return asking;
  const { low, high } = demand.bounds;
  const bounds = { low: times * low, high: times * high };
  const text = `${times} in each: ${demand.replicas} ask where ${count.present} are wanted`;
  const seen = countedTerm({ side: 'asked', component: component.name }, text, bounds);
  return { ...asking, demand: { ...demand, bounds, terms: [...demand.terms, seen] } };
}

/** A caller of which nothing tells what it may ask for. */
function silent(component: Component, { unit }: Term, given: Counted): Asking {
  const text = `how many ${unit} ${component.name} may ask for is not known`;
  const unknown = unknownTerm({ side: 'asked', component: component.name }, text, atLeast(0));
  const count = replicasOf(component, given.terms, given.signals);
  return { component, count, demand: { bounds: atLeast(0), terms: [unknown], replicas: 0 } };
}

/** Where a replica has several workers, each may have what is told of one: the scrape may have met any of them. */
function byEachWorker(asking: Asking, { terms }: Counted): Asking {
  const { component, demand } = asking;
  const told = terms.filter((term) => term.component === component.name && term.kind === 'workers');
  const workers = Math.max(1, ...told.map(({ value = 1 }) => value));
  if (workers === 1) return asking;
  const bounds = { low: demand.bounds.low, high: workers * demand.bounds.high };
  const text = `whether each of the ${number(workers)} workers of ${component.name} may ask for as many is not known`;
  const unknown = unknownTerm({ side: 'asked', component: component.name }, text, bounds);
  return { ...asking, demand: { ...demand, bounds, terms: [...demand.terms, unknown] } };
}

const giversIn = ({ terms }: Counted, of: string): ReadonlySet<string> =>
  new Set(terms.filter((term) => term.kind === 'gives' && term.of === of).map(({ component }) => component));

/** Of several that give the same thing, it may ask each for all or for none of it. */
function divided(asking: Asking, of: string, given: Counted): Asking {
  const { component } = asking;
  const givers = giversIn(given, of);
  const asked = component.calls.filter((name) => givers.has(name));
  if (asked.length < 2) return asking;
  return perhaps(asking, `how ${component.name} divides them between ${asked.join(' and ')} is not known`);
}

/** Those who ask for such things and call nobody who gives them: any of them may ask here. */
function unlinked(name: string, of: string, given: Counted): readonly Asking[] {
  const givers = giversIn(given, of);
  const isLoose = (component: Component): boolean =>
    !givers.has(component.name) && !component.calls.some((called) => givers.has(called));
  return given.components.filter(isLoose).flatMap((component) => {
    const asking = askingOf(component, of, {}, given);
    if (!asking) return [];
    return [perhaps(asking, `whether ${component.name} asks ${name} is not known: its "calls" do not name it`)];
  });
}

/** The same, where it may also ask for nothing. */
function perhaps(asking: Asking, why: string): Asking {
  const bounds = { low: 0, high: asking.demand.bounds.high };
  const unknown = unknownTerm({ side: 'asked', component: asking.component.name }, why, bounds);
  return { ...asking, demand: { ...asking.demand, bounds, terms: [...asking.demand.terms, unknown] } };
}
