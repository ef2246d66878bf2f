import { type Labels, textOf } from '../model/labels.ts';
import type { Signal } from '../model/signal.ts';

/** A rolling update lets the old and the new stand side by side for so long (s). */
const sideBySide = 900;

/** From when to when an instance was seen. */
type Life = { readonly at: Labels; readonly from: number; readonly to: number };

/**
 * Over days instances are replaced by others with new names (a pod that is rolled out, evicted, scaled down and up again): what took the place of another that was gone
 * goes on with its row, under the newest name. The sum over instances then has no gaps where none of them was missing.
 */
export function inSuccession(signals: readonly Signal[]): readonly Signal[] {
  const byComponent = [...Map.groupBy(signals, ({ resource }) => resource.component).values()];
  return byComponent.flatMap((own) => joined(own, placesOf(livesOf(own))));
}

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
    return first ? [{ at: replicaOf(first), from: Math.min(...from), to: Math.max(...to) }] : [];
  });
  return Map.groupBy(lives, ({ at }) => Object.keys(at).toSorted().join());
}

/** Name of a replica → that of the last in its place. Each that is new takes the place that was left last. */
function placesOf(lives: ReadonlyMap<string, readonly Life[]>): ReadonlyMap<string, Labels> {
  const places = [...lives.values()].flatMap((alike) => {
    const rows: Life[][] = [];
    for (const life of alike.toSorted((a, b) => a.from - b.from)) {
      const left = rows.filter((row) => (row.at(-1)?.to ?? 0) <= life.from + sideBySide);
      const place = left.toSorted((a, b) => (b.at(-1)?.to ?? 0) - (a.at(-1)?.to ?? 0))[0];
      if (place) place.push(life);
      else rows.push([life]);
    }
    return rows;
  });
  return new Map(places.flatMap((row) => row.map(({ at }) => [textOf(at), row.at(-1)?.at ?? at] as const)));
}

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
        parts: group.flatMap(({ parts }) => parts),
        less: group.flatMap(({ less }) => less),
        over: group.flatMap(({ over }) => over),
      },
    ];
  });
}

/** When it was last seen. */
const lastOf = ({ parts }: Signal): number => Math.max(0, ...parts.map(({ times }) => times.at(-1) ?? 0));
