import { fault } from '../faults.ts';
import type { Report } from '../model/report.ts';
import { outcomeOf, type Run, type RunOutcome } from '../model/run-state.ts';
import type { Store } from '../model/store.ts';
import { checkEnd } from './check-end.ts';

type Kept = { readonly run: Run; readonly locks: readonly string[]; readonly outcome: RunOutcome | undefined };

/** A store that forgets everything when the process ends, so that no holder can be dead; for tests, and where nothing may be written. */
export function memoryStore(): Store {
  const kept = new Map<string, Kept>();
  const reports = new Map<string, string>();
  const running = (): readonly Kept[] => [...kept.values()].filter(({ run }) => run.state === 'running');
  const newestFirst = (): readonly Kept[] => [...kept.values()].reverse();
  const read = (id: string | undefined): Report | undefined => {
    const json = id === undefined ? undefined : reports.get(id);
    return json === undefined ? undefined : JSON.parse(json);
  };
  const newest = async (target: string, fits: (one: Kept) => boolean): Promise<Report | undefined> =>
    read(newestFirst().find((one) => one.run.target === target && fits(one))?.run.id);

  return {
    async begin({ id, target, kind, locks, at }) {
      for (const one of running()) {
        const held = locks.find((lock) => one.locks.includes(lock));
        if (held !== undefined) throw fault('RUN_BUSY', [held, one.run.id]);
      }
      if (kept.has(id)) throw fault('STORE_BROKEN', ['memory', `there already is a run ${id}`]);
      const run = { id, target, kind, state: 'running', started: at, ended: undefined } as const;
      kept.set(id, { run: { ...run, why: undefined, stopRequested: false }, locks, outcome: undefined });
    },
    async beat(id) {
      const run = kept.get(id)?.run;
      return { stopRequested: run?.state !== 'running' || run.stopRequested };
    },
    async finish(id, { state, why, at }, report) {
      checkEnd(id, state, report);
      const one = kept.get(id);
      if (one === undefined) throw fault('RUN_UNKNOWN', [id]);
      if (one.run.state !== 'running') throw fault('INTERNAL', [`run ${id} has already ended as ${one.run.state}`]);
      if (report !== undefined) reports.set(id, JSON.stringify(report));
      const outcome = outcomeOf(state, report?.verdict.kind);
      kept.set(id, { ...one, run: { ...one.run, state, why, ended: at }, outcome });
    },
    async requestStop(id) {
      const asked = running().filter(({ run }) => id === undefined || run.id === id);
      for (const one of asked) kept.set(one.run.id, { ...one, run: { ...one.run, stopRequested: true } });
      return asked.length;
    },
    sweep: async () => [],
    run: async (id) => kept.get(id)?.run,
    async runs({ target, limit, before }) {
      const all = newestFirst().map(({ run }) => run);
      const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
      if (before !== undefined && from === 0) return [];
      return all
        .slice(from)
        .filter((run) => target === undefined || run.target === target)
        .slice(0, limit);
    },
    report: async (id) => read(id),
    latest: (target) => newest(target, ({ run }) => run.state === 'complete'),
    latestAnswer: (target) => newest(target, ({ outcome }) => outcome === 'ok'),
    counts: async () => countsOf([...kept.values()]),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function countsOf(all: readonly Kept[]): Awaited<ReturnType<Store['counts']>> {
  const counts = new Map<string, { target: string; outcome: RunOutcome; count: number }>();
  for (const { run, outcome } of all) {
    if (outcome === undefined) continue;
    const key = `${run.target}\n${outcome}`;
    counts.set(key, { target: run.target, outcome, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => `${a.target}\n${a.outcome}`.localeCompare(`${b.target}\n${b.outcome}`));
}
