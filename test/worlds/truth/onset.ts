import type { Look, Running } from '../engine.ts';
import type { Explored } from './expedition.ts';
import type { Limit } from './limits.ts';
import { steadied } from './steadied.ts';

/** Between these loads waiting at a resource begins: where half of the arrivals find it full, and where goodput stops following. */
export type OnsetTruth = { readonly from: number; readonly to: number };

/** Loads that are looked at, as shares of the plateau, and how often each. */
const shares = [0.4, 0.55, 0.65, 0.75, 0.82, 0.88, 0.94, 0.98];
const glances = 60;
const answers = 900;
/** Waiting has begun where this share of arrivals finds it full. */
const half = 0.5;
/** A quota binds when this share of its periods is throttled, however little is used in the mean. */
const throttledShare = 0.25;

/** Samples a resource at rising loads up to the plateau. A closed world has no such loads: there the plateau is the onset. */
export function onsetOf({ world, at, start, path, plateau }: Explored, limits: readonly Limit[]): OnsetTruth {
  const to = plateau.rate;
  if (world.load.kind === 'users' || limits.length === 0) return { from: to, to };
  const running = start(steadied(world, at), 0);
  running.offer((shares[0] ?? 0) * to);
  running.advance(path.warm);
  let before = { load: 0, busy: 0 };
  for (const share of shares) {
    const here = { load: share * to, busy: busyAt(running, share * to, limits) };
    if (here.busy >= half) return { from: between(before, here), to };
    before = here;
  }
  return { from: before.load, to };
}

type Busy = { readonly load: number; readonly busy: number };

/** The share of glances at which the resource was full. */
function busyAt(running: Running, load: number, limits: readonly Limit[]): number {
  const time = Math.max(3, answers / load);
  running.offer(load);
  running.advance(running.now + 0.3 * time);
  const before = throttledOf(running.looks(), limits);
  let full = 0;
  for (let i = 0; i < glances; i += 1) {
    running.advance(running.now + time / glances);
    if (isFull(running.looks(), limits)) full += 1;
  }
  const after = throttledOf(running.looks(), limits);
  const periods = after.periods - before.periods;
  return periods > 0 ? (half * (after.throttled - before.throttled)) / periods / throttledShare : full / glances;
}

/** Periods of quotas, and how many of them were throttled. */
function throttledOf(looks: readonly Look[], limits: readonly Limit[]) {
  const own = looks.filter(({ of }) => limits.some(({ part, id }) => part === of.part && id === of.id));
  const sum = (key: string): number => own.reduce((all, { more }) => all + (more[key] ?? 0), 0);
  return { periods: sum('periods'), throttled: sum('throttledPeriods') };
}

/** Where the line between two loads comes to one half. */
function between(before: Busy, here: Busy): number {
  const part = here.busy > before.busy ? (half - before.busy) / (here.busy - before.busy) : 1;
  return before.load + (here.load - before.load) * Math.max(0, Math.min(1, part));
}

function isFull(looks: readonly Look[], limits: readonly Limit[]): boolean {
  return looks.some(
    ({ of, used, size, waiting }) =>
      limits.some(({ part, id }) => part === of.part && id === of.id) && (waiting > 0 || used >= size),
  );
}
