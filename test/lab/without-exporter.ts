import type { BlindSpot } from '../../src/model/blind-spot.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { Component } from '../../src/model/component.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';

/** What the pods of a workload are found by: without it nothing is known of their containers either. */
const locator = 'kube-state-metrics';
const located = 'kubelet';

/** The jobs whose series a collection rests on. */
export function exportersOf({ signals }: Collected): readonly string[] {
  const jobs = signals.flatMap(({ parts }) => parts.flatMap(({ labels }) => labels.job ?? []));
  return [...new Set(jobs)].sort();
}

/** The same collection from an installation in which one exporter was never scraped; what that leaves unseen is a blind spot, as the packs say. */
export function withoutExporter(
  collected: Collected,
  job: string,
  { components, packs }: { readonly components: readonly Component[]; readonly packs: readonly Pack[] },
): Collected {
  const gone = job === locator ? [locator, located] : [job];
  const isGone = ({ labels }: SampleSeries): boolean => gone.includes(labels.job ?? '');
  const seen = new Set(collected.signals.filter((one) => one.role === 'usage' && !one.parts.some(isGone)).map(nameOf));
  const signals = collected.signals.filter((one) => seen.has(nameOf(one)) && !one.parts.some(isGone));
  const lost = new Map(
    collected.signals.filter((one) => !seen.has(nameOf(one))).map((one) => [nameOf(one), one.resource]),
  );
  const blind = [...lost.values()].flatMap(({ component, resource }): readonly BlindSpot[] => {
    const told = toldBy(components, packs, component).find(({ id }) => id === resource);
    if (told?.optional !== undefined && told.cure === undefined) return [];
    const cure = told?.cure ?? `scrape ${job}`;
    return [{ component, resource, why: `Prometheus has no series of ${job}`, cure }];
  });
  const traffic = collected.traffic?.completions.some(isGone) ? undefined : collected.traffic;
  return { ...collected, signals, traffic, blind: [...collected.blind, ...blind] };
}

const nameOf = ({ resource: { component, resource } }: Signal): string => `${component} / ${resource}`;

const toldBy = (components: readonly Component[], packs: readonly Pack[], name: string) =>
  components
    .filter((component) => component.name === name)
    .flatMap(({ signals }) => signals.flatMap(({ pack }) => packs.filter((one) => one.pack === pack)))
    .flatMap(({ resources = [] }) => resources);
