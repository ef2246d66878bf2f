/** Something that work passes while it holds a unit: how long it is there when alone (s), and how far apart two can leave it (s). */
export type Station = { readonly residence: number; readonly service: number };

/**
 * What so many units carry a second when each is held `time` by a request that meets no other: the closed network of the stations and of a delay for the rest of the time.
 * Exact mean value analysis (Reiser & Lavenberg 1980), several servers by Seidmann's form: one of `service`, and a delay of `residence` − `service`. Between whole numbers of units by a straight line.
 *
 * @example carriedByTokens(2, 1, [{ residence: 1, service: 1 }]) // => 1: one server is never idle
 */
export function carriedByTokens(units: number, time: number, stations: readonly Station[]): number {
  const all = stations.reduce((sum, { residence }) => sum + residence, 0);
  const scale = all > time ? time / all : 1;
  const times = stations.map(({ service }) => service * scale);
  const delay = time - times.reduce((sum, service) => sum + service, 0);
  let queues = times.map(() => 0);
  let [before, carried] = [0, 0];
  for (let n = 1; n < units + 1; n += 1) {
    const residences = times.map((service, i) => service * (1 + (queues[i] ?? 0)));
    before = carried;
    carried = n / (delay + residences.reduce((sum, residence) => sum + residence, 0));
    queues = residences.map((residence) => residence * carried);
  }
  const beyond = Math.ceil(units) - units;
  return carried - beyond * (carried - before);
}
