import { textOf } from '../model/labels.ts';
import type { Report } from '../model/report.ts';

type Resource = Report['resources'][number];
type Demand = NonNullable<Resource['demand']>;

/** A resource that several reports tell the demand of, by the same method. */
export type Shared = {
  readonly component: string;
  readonly resource: string;
  readonly method: Demand['method'];
  /** Of what one request costs: seconds, bytes, operations … */
  readonly unit: string;
};

/** Below this share of its ceiling in every run a free resource explains no difference. */
const barelyUsed = 0.3;

/** The resources that matter to one of the reports and that every report tells the demand of, by the same method, in the order of the first report. */
export function sharedResources(reports: readonly Report[]): readonly Shared[] {
  const [first, ...rest] = reports.map(told);
  const named = new Map(first?.map((shared) => [keyOf(shared), shared]));
  return [...named]
    .filter(([key]) => rest.every((one) => one.some((other) => keyOf(other) === key)))
    .map(([, it]) => it)
    .filter((it) => reports.some(({ resources }) => resources.some((one) => isSame(one, it) && matters(one))));
}

type Named = Pick<Resource, 'component' | 'resource'>;

const isSame = (one: Named, other: Named): boolean =>
  one.component === other.component && one.resource === other.resource;

/** Whether a resource fills, or comes near it. What time fills rather than load has no demand. */
function matters({ kind, state, peak }: Resource): boolean {
  if (kind === 'space') return false;
  return ['root', 'symptom', 'starved', 'busy'].includes(state) || (peak?.ratio ?? 0) >= barelyUsed;
}

const keyOf = (shared: Shared): string => JSON.stringify(shared);

const told = (report: Report): readonly Shared[] =>
  report.resources.flatMap((one) => {
    const { component, resource, demand } = one;
    return demand ? [{ component, resource, method: demand.method, unit: costUnit(one, demand) }] : [];
  });

/** What is kept busy is kept so for seconds; what flows loses its "a second". */
function costUnit({ kind, unit }: Resource, { method }: Demand): string {
  if (method === 'hold-time' || kind === 'servers' || kind === 'pool' || /^(cores|seconds)\b/.test(unit))
    return 'seconds';
  return unit.endsWith('/s') ? unit.slice(0, -2) : unit;
}

/** The demand of a resource in a report; of several alike (pods, databases) that of the fullest, which limits first. */
export function demandOf(report: Report, shared: Shared): Demand | undefined {
  const alike = report.resources.filter((one) => isSame(one, shared) && one.demand?.method === shared.method);
  const fullest = alike.toSorted((a, b) => fill(b) - fill(a) || (textOf(a.at) < textOf(b.at) ? -1 : 1));
  return fullest[0]?.demand ?? undefined;
}

const fill = ({ peak }: Resource): number => peak?.ratio ?? 0;
