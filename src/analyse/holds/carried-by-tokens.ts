/** Something that work passes while it holds a unit: how long it is there when alone (s), and by how many servers it is done (at least one). */
export type Station = { readonly residence: number; readonly servers: number };

/** More units than this are counted as so many, with as many fewer servers: what they wait is as near to that as need be. */
const mostUnits = 200;

/**
 * What so many units carry a second when each is held `time` by a request that meets no other: the closed network of the stations and of a delay for the rest of the time.
 * Exact by convolution (Buzen 1973, load-dependent servers; Reiser & Kobayashi 1975); service may be of any kind where it is shared evenly, as processors do (BCMP 1975). Between whole numbers of
 * units by a straight line.
 *
 * @example carriedByTokens(2, 1, [{ residence: 1, servers: 1 }]) // => 1: one server is never idle
 */
export function carriedByTokens(units: number, time: number, stations: readonly Station[]): number {
  const parts = Math.max(1, units / mostUnits);
  const all = stations.reduce((sum, { residence }) => sum + residence, 0);
  const scale = all > time ? time / all : 1;
  const visited = stations
    .map(({ residence, servers }) => scaledDown(residence * scale, Math.max(1, servers) / parts))
    .filter(({ residence }) => residence > 0);
  const longer = visited.reduce((sum, { residence }) => sum + residence, 0) - all * scale;
  const delay = Math.max(0, time - all * scale - longer);
  return parts * carriedBy(units / parts, { delay, stations: visited });
}

/** Less than one server is one that takes longer: where so many units are lent for so few servers these never rest. */
const scaledDown = (residence: number, servers: number): Station =>
  servers >= 1 ? { residence, servers } : { residence: residence / servers, servers: 1 };

function carriedBy(
  units: number,
  { delay, stations }: { readonly delay: number; readonly stations: readonly Station[] },
): number {
  const [most, least] = [Math.ceil(units), Math.floor(units)];
  const time = stations.reduce((sum, { residence }) => sum + residence, delay);
  const rate = Math.min(most / time, ...stations.map(({ residence, servers }) => servers / residence));
  const thinking = delay > 0 ? [weights(rate * delay, most, Number.POSITIVE_INFINITY)] : [];
  const each = [...thinking, ...stations.map(({ residence, servers }) => weights(rate * residence, most, servers))];
  const ways = each.reduce(together, [1]);
  const carried = (n: number): number => (n < 1 ? 0 : (rate * (ways[n - 1] ?? 0)) / (ways[n] ?? 1));
  return carried(most) - (most - units) * (carried(most) - carried(least));
}

/** How likely it is, up to a factor, that 0, 1, 2 … units are at one place to which work comes at about the rate that is carried: none of the numbers is too large or too small to count with. */
function weights(busy: number, units: number, servers: number): readonly number[] {
  const logs = [0];
  for (let n = 1; n <= units; n += 1) logs.push((logs[n - 1] ?? 0) + Math.log(busy / Math.min(n, servers)));
  return evened(logs.map((log) => Math.exp(log - Math.max(...logs))));
}

/** In how many ways so many units can be at one of two places. */
function together(some: readonly number[], others: readonly number[]): readonly number[] {
  return evened(
    others.map((_, n) => {
      let sum = 0;
      for (let i = 0; i <= n && i < some.length; i += 1) sum += (some[i] ?? 0) * (others[n - i] ?? 0);
      return sum;
    }),
  );
}

const evened = (values: readonly number[]): readonly number[] => {
  const most = Math.max(...values);
  return values.map((value) => value / most);
};
