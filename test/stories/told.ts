import type { Report } from '../../src/model/report.ts';
import { judgeWorld } from '../worlds/seen/judge-world.ts';
import type { World } from '../worlds/world.ts';

/** What the production path says of a run of a world; `repetition` is another run of the same. */
export async function told(world: World, repetition = 0): Promise<Report> {
  const { report } = await judgeWorld(world, repetition);
  return { ...report, run: { ...report.run, id: `${world.name}, run ${repetition + 1}` } };
}

/** The same of several worlds, one after the other. */
export async function toldOfEach(worlds: readonly World[]): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const world of worlds) reports.push(await told(world));
  return reports;
}

/** "db / cpu-quota" */
export const first = ({ verdict }: Report): string => (verdict.first ? named(verdict.first) : verdict.kind);

export const named = (one: { readonly component: string; readonly resource: string }): string =>
  `${one.component} / ${one.resource}`;

/** Every instance of a resource in a report. */
export const resources = (report: Report, name: string): readonly Report['resources'][number][] =>
  report.resources.filter((one) => named(one) === name);

/** The resources in a state, each once. */
export const inState = ({ resources }: Report, state: Report['resources'][number]['state']): readonly string[] => [
  ...new Set(resources.filter((one) => one.state === state).map(named)),
];

/** The point of a capacity. */
export function capacityOf({ capacity }: Report): number {
  const rate = capacity?.rate;
  if (rate === undefined) return Number.NaN;
  return rate.kind === 'interval' ? rate.value : rate.kind === 'at-least' ? rate.low : rate.high;
}
