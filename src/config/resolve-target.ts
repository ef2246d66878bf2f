import type { Component } from '../model/component.ts';
import type { ConfigurationText, Target } from '../model/configuration.ts';
import type { Objectives } from '../model/objectives.ts';
import type { TrafficSource } from '../model/order.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import { type PerSecond, ratio } from '../model/units.ts';
import { durationOf, rateOf, shareOf } from './quantity.ts';
import { byName, prometheusNamed, resolveComponent, type Shelves } from './resolve-component.ts';
import { resolveLoad } from './resolve-load.ts';
import { checkUnique, circleIn, named } from './rules.ts';
import type { Path } from './yaml-document.ts';

export type TargetText = NonNullable<ConfigurationText['targets']>[number];
export type Known = Shelves & { readonly plans: readonly PlanShape[] };

type Placed = { readonly component: Component; readonly path: Path };

/** One target as it is written → the noun, with the shared components that it names. */
export function resolveTarget(known: Known, text: TargetText, path: Path): Target {
  const { config } = known;
  if (text.components.length === 0) {
    throw config.wrong([...path, 'components'], `target "${text.name}" has no components; list at least one`);
  }
  return {
    name: text.name,
    expect: expectOf(known, text, path),
    objectives: objectivesOf(text),
    traffic: trafficOf(known, text, path),
    components: componentsOf(known, text, path),
    load: text.load && resolveLoad(known, text.load, [...path, 'load']),
    watch: {
      observe: text.watch?.observe === undefined ? undefined : durationOf(text.watch.observe),
      probe: text.watch?.probe,
    },
    place: { file: config.file, line: config.lineOf(path) },
  };
}

function expectOf({ config }: Known, text: TargetText, path: Path): PerSecond | undefined {
  const expected = text.expect === undefined ? undefined : rateOf(text.expect);
  if (expected === 0) throw config.wrong([...path, 'expect'], 'expect: headroom against a load of 0 says nothing');
  return expected;
}

function objectivesOf({ objectives = {} }: TargetText): Objectives {
  const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;
  const keys = ['p50', 'p90', 'p95', 'p99', 'p999'] as const;
  return {
    latency: keys.flatMap((key) => {
      const limit = objectives[key];
      return limit === undefined ? [] : [{ quantile: ratio(quantiles[key]), limit: durationOf(limit) }];
    }),
    errors: objectives.errors === undefined ? undefined : shareOf(objectives.errors),
    throughput: objectives.throughput === undefined ? undefined : rateOf(objectives.throughput),
  };
}

function trafficOf({ config, packs }: Known, text: TargetText, path: Path): TrafficSource | undefined {
  if (!text.traffic) return undefined;
  const at = [...path, 'traffic'];
  const pack = named(config, [...at, 'pack'], 'pack', text.traffic.pack, byName(packs));
  if (!pack.traffic) throw config.wrong([...at, 'pack'], `the pack "${pack.pack}" tells no traffic, as http-otel does`);
  return {
    pack: pack.pack,
    from: prometheusNamed(config, [...at, 'from'], text.traffic.from),
    select: text.traffic.select ?? {},
    except: text.traffic.except ?? {},
  };
}

function componentsOf(known: Known, text: TargetText, path: Path): readonly Component[] {
  const { config } = known;
  const shared = placed(known, config.value.components ?? [], ['components']);
  const inline = text.components.flatMap((component, index) =>
    typeof component === 'string'
      ? []
      : [
          {
            component: resolveComponent(known, component, [...path, 'components', index]),
            path: [...path, 'components', index],
          },
        ],
  );
  checkUnique(
    config,
    [...path, 'components'],
    inline.map(({ component }) => component),
  );
  checkShadows(known, inline, shared);
  const own = new Map(inline.map((one) => [one.component.name, one]));
  const all = new Map([...shared, ...own]);
  const mentioned = text.components.map((component, index) =>
    typeof component === 'string'
      ? named(config, [...path, 'components', index], 'component', component, all)
      : named(config, [...path, 'components', index], 'component', component.name, all),
  );
  const reached = reach(known, mentioned, all);
  checkCircles(known, reached);
  return reached.map(({ component }) => component);
}

/** A component that says nothing but its name stands in the way of the shared one that it means. */
function checkShadows({ config }: Known, inline: readonly Placed[], shared: ReadonlyMap<string, Placed>): void {
  const isEmpty = ({ component: { name, signals, workload } }: Placed): boolean =>
    shared.has(name) && signals.length === 0 && workload === undefined;
  const empty = inline.find(isEmpty);
  if (!empty) return;
  const { name } = empty.component;
  throw config.wrong(
    empty.path,
    `"${name}" has no signals here and hides the shared component of that name; write "- ${name}" to use that one, or name this one otherwise`,
  );
}

function placed(
  known: Known,
  texts: NonNullable<ConfigurationText['components']>,
  path: Path,
): ReadonlyMap<string, Placed> {
  return new Map(
    texts.map((text, index) => [
      text.name,
      { component: resolveComponent(known, text, [...path, index]), path: [...path, index] },
    ]),
  );
}

/** Everything that is mentioned, and what it calls or runs on, callers first. */
function reach({ config }: Known, mentioned: readonly Placed[], all: ReadonlyMap<string, Placed>): readonly Placed[] {
  const found = new Map<string, Placed>();
  let front = mentioned;
  while (front.length > 0) {
    for (const one of front) found.set(one.component.name, one);
    front = front
      .flatMap(({ component, path }) => [
        ...component.calls.map((name, index) => named(config, [...path, 'calls', index], 'component', name, all)),
        ...(component.on === undefined ? [] : [named(config, [...path, 'on'], 'component', component.on, all)]),
      ])
      .filter(({ component }) => !found.has(component.name));
  }
  return [...found.values()];
}

function checkCircles({ config }: Known, reached: readonly Placed[]): void {
  const ways = {
    calls: new Map(reached.map(({ component }) => [component.name, component.calls])),
    on: new Map(reached.map(({ component: { name, on } }) => [name, on === undefined ? [] : [on]])),
  };
  for (const key of ['calls', 'on'] as const) {
    const circle = circleIn(ways[key]);
    if (!circle) continue;
    const first = reached.find(({ component }) => component.name === circle[0]);
    throw config.wrong([...(first?.path ?? []), key], `"${key}" goes in a circle: ${circle.join(' → ')}`);
  }
}
