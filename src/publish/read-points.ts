import type { Report } from '../model/report.ts';
import { type Run, runOutcomes } from '../model/run-state.ts';
import type { Store } from '../model/store.ts';
import { labels, metrics } from '../names.ts';
import { type Point, pointsOfTarget, type Standing } from './points-of-target.ts';

/** What is read at every scrape. */
export type Source = {
  readonly store: Pick<Store, 'latest' | 'latestAnswer' | 'runs' | 'report' | 'counts'>;
  /** The targets that the configuration has now: a target that is no longer there has no series. */
  readonly targets: () => readonly string[];
  readonly version: string;
  readonly node: string;
};

/** Every number that the store, the configuration and the version tell, in the order of the catalogue. */
export async function readPoints(source: Source): Promise<readonly Point[]> {
  const targets = [...new Set(source.targets())].sort();
  const standings = await Promise.all(targets.map((target) => standingOf(source.store, target)));
  const build = { [labels.version]: source.version, [labels.node]: source.node };
  return [
    { metric: metrics.build, labels: build, value: 1 },
    ...standings.flatMap(pointsOfTarget),
    ...(await runCounts(source.store, targets)),
  ];
}

async function standingOf(store: Source['store'], target: string): Promise<Standing> {
  const runs = await store.runs({ target, limit: 50, before: undefined });
  const answer = await store.latestAnswer(target);
  return {
    target,
    answer,
    measured: answer && (await measuredLike(answer, runs, store)),
    latest: await store.latest(target),
    lastEnded: runs.find((run) => run.ended !== undefined),
    running: runs.some((run) => run.state === 'running'),
  };
}

/** The newest report on the same fingerprint that reached its capacity, where the answer itself did not. */
async function measuredLike(answer: Report, runs: readonly Run[], store: Source['store']): Promise<Report | undefined> {
  if (answer.capacity?.provenance === 'reached') return undefined;
  for (const run of runs.filter(({ state, kind }) => state === 'complete' && kind === 'probe')) {
    const report = await store.report(run.id);
    if (report?.capacity?.provenance !== 'reached') continue;
    return report.capacity.fingerprint === answer.capacity?.fingerprint ? report : undefined;
  }
  return undefined;
}

/** Every outcome of every target from the start, so that the first failure is an increase. */
async function runCounts(store: Source['store'], targets: readonly string[]): Promise<readonly Point[]> {
  const counts = await store.counts();
  return targets.flatMap((target) =>
    runOutcomes.map((outcome) => ({
      metric: metrics.runs,
      labels: { [labels.target]: target, [labels.outcome]: outcome },
      value: counts.find((one) => one.target === target && one.outcome === outcome)?.count ?? 0,
    })),
  );
}
