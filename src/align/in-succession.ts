import type { Change } from '../model/collected.ts';
import { type Labels, textOf } from '../model/labels.ts';
import type { Signal } from '../model/signal.ts';
import { epoch, seconds } from '../model/units.ts';

/** A rolling update lets the old and the new stand side by side for so long (s), and for no more than this share of all that is looked at. */
const longest = 900;
const share = 0.1;
/** What was not seen for so many of its scrapes before the end is gone. */
const unseen = 3;

/** From when to when an instance was seen, and how far apart its samples lie. */
type Life = {
  readonly at: Labels;
  readonly from: number;
  readonly to: number;
  readonly interval: number;
  readonly component: string;
};

/**
 * Instances are replaced by others with new names (a pod that is rolled out, evicted, scaled down and up again): what took the place of another that was gone
 * goes on with its row, under the newest name. The sum over instances then has no gaps where none of them was missing.
 */
export function inSuccession(signals: readonly Signal[]): readonly Signal[] {
  return ownOfEach(signals).flatMap((own) => joined(own, namesIn(placesOf(livesOf(own)))));
}

/** Where an instance took the place of another that was gone: something was started anew. */
export function successions(signals: readonly Signal[]): readonly Change[] {
  return ownOfEach(signals)
    .flatMap((own) => placesOf(livesOf(own)))
    .flatMap((place) => place.slice(1).map((life, i) => ({ life, before: place[i] })))
    .map(({ life: { at, from, component }, before }) => ({
      at: epoch(from),
      component,
      what: 'restart' as const,
      labels: at,
      text: `${Object.values(at).join(' ')} took the place of ${Object.values(before?.at ?? {}).join(' ')}`,
    }));
}

const ownOfEach = (signals: readonly Signal[]): readonly (readonly Signal[])[] => [
  ...Map.groupBy(signals, ({ resource }) => resource.component).values(),
];

/** What of its labels names the replica. */
const replicaOf = ({ at, replicas = [] }: Signal): Labels =>
  Object.fromEntries(Object.entries(at).filter(([label]) => replicas.includes(label)));

/** How long each replica of a component was seen, by what is used there, in groups that are named by the same labels. */
function livesOf(signals: readonly Signal[]): ReadonlyMap<string, readonly Life[]> {
  const used = signals.filter((signal) => signal.role === 'usage' && Object.keys(replicaOf(signal)).length > 0);
  const lives = [...Map.groupBy(used, (signal) => textOf(replicaOf(signal))).values()].flatMap((group) => {
    const series = group.flatMap(({ parts }) => parts);
    const [from, to] = [series.map(({ times }) => times[0] ?? 0), series.map(({ times }) => times.at(-1) ?? 0)];
    const [first] = group;
    if (!first) return [];
    const { interval, resource } = first;
    return [
      { at: replicaOf(first), from: Math.min(...from), to: Math.max(...to), interval, component: resource.component },
    ];
  });
  return Map.groupBy(lives, ({ at }) => Object.keys(at).toSorted().join());
}

/** Who stood in each place, one after the other. Each that is new takes the place that was left last, by one that is gone. */
function placesOf(lives: ReadonlyMap<string, readonly Life[]>): readonly (readonly Life[])[] {
  return [...lives.values()].flatMap((alike) => {
    const [begin, end] = [Math.min(...alike.map(({ from }) => from)), Math.max(...alike.map(({ to }) => to))];
    const sideBySide = Math.min(longest, share * (end - begin));
    const isLeft = ({ to, interval }: Life, from: number): boolean =>
      to <= from + sideBySide && to < end - unseen * interval;
    const rows: Life[][] = [];
    for (const life of alike.toSorted((a, b) => a.from - b.from)) {
      const left = rows.flatMap((row) => {
        const last = row.at(-1);
        return last && isLeft(last, life.from) ? [{ row, to: last.to }] : [];
      });
      const place = left.toSorted((a, b) => b.to - a.to)[0];
      if (place) place.row.push(life);
      else rows.push([life]);
    }
    return rows;
  });
}

/** Name of a replica → that of the last in its place. */
const namesIn = (places: readonly (readonly Life[])[]): ReadonlyMap<string, Labels> =>
  new Map(places.flatMap((row) => row.map(({ at }) => [textOf(at), row.at(-1)?.at ?? at] as const)));

/** One of which there are but one or two samples does not show how far apart they come: the others in its place do. */
function joined(signals: readonly Signal[], places: ReadonlyMap<string, Labels>): readonly Signal[] {
  const placed = signals.map((signal) => ({
    ...signal,
    at: { ...signal.at, ...places.get(textOf(replicaOf(signal))) },
  }));
  const groups = Map.groupBy(placed, ({ resource, role, at }) => `${resource.resource}\n${role}\n${textOf(at)}`);
  return [...groups.values()].flatMap((group) => {
    const newest = group.toSorted((a, b) => lastOf(a) - lastOf(b)).at(-1);
    if (!newest || group.length === 1) return group;
    return [
      {
        ...newest,
        interval: seconds(Math.min(...group.map(({ interval }) => interval))),
        parts: group.flatMap(({ parts }) => parts),
        less: group.flatMap(({ less }) => less),
        over: group.flatMap(({ over }) => over),
      },
    ];
  });
}

/** When it was last seen. */
const lastOf = ({ parts }: Signal): number => Math.max(0, ...parts.map(({ times }) => times.at(-1) ?? 0));
