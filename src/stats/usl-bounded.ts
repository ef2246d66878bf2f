import { type UslPoint, uslSearch } from './usl-search.ts';
import type { UslCoefficients } from './usl-throughput.ts';

const names = ['contention', 'coherency', 'unit'] as const;
const bounds = [['coherency'], ['contention'], ['contention', 'coherency']] as const;

/**
 * Least squares under contention ≥ 0 and coherency ≥ 0, some of them held: the free fit where it keeps to the bounds,
 * else the best that does of those with one or both at 0.
 */
export function uslBounded(
  load: readonly number[],
  throughput: readonly number[],
  start: UslCoefficients,
  held: Partial<UslCoefficients> = {},
): UslPoint {
  const open = names.filter((name) => held[name] === undefined);
  const search = (zero: readonly string[]) => {
    const from = { ...start, ...held, ...Object.fromEntries(zero.map((name) => [name, 0])) };
    return uslSearch(
      load,
      throughput,
      from,
      open.filter((name) => !zero.includes(name)),
    );
  };
  const free = search([]);
  if (keeps(free)) return free;
  const edges = bounds.filter((zero) => zero.every((name) => held[name] === undefined)).map(search);
  return edges.filter(keeps).reduce((best, edge) => (edge.ssr < best.ssr ? edge : best), edges.at(-1) ?? free);
}

const keeps = ({ at }: UslPoint): boolean => at.contention >= 0 && at.coherency >= 0;
