import type { Look, Running } from '../engine.ts';
import { gentle } from './climb.ts';
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
  running.offer(gentle * to);
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

/** The share of glances at which the resource was full; of several instances the one that is so most often. */
function busyAt(running: Running, load: number, limits: readonly Limit[]): number {
  const time = Math.max(3, answers / load);
  running.offer(load);
  running.advance(running.now + 0.3 * time);
  const before = new Map(ownOf(running, limits).map((look) => [nameOf(look), look]));
  const full = new Map<string, number>();
  for (let i = 0; i < glances; i += 1) {
    running.advance(running.now + time / glances);
    for (const look of ownOf(running, limits))
      if (look.waiting > 0 || look.used >= look.size) full.set(nameOf(look), (full.get(nameOf(look)) ?? 0) + 1);
  }
  const busy = ownOf(running, limits).map((look) => {
    const name = nameOf(look);
    return throttled(look, before.get(name)) ?? (full.get(name) ?? 0) / glances;
  });
  return Math.max(0, ...busy);
}

const ownOf = (running: Running, limits: readonly Limit[]): readonly Look[] =>
  running.looks().filter(({ of }) => limits.some(({ part, id }) => part === of.part && id === of.id));

const nameOf = ({ of, instance }: Look): string => `${of.part}/${of.id}/${instance}`;

/** What the share of a quota's periods that were throttled comes to; undefined for what has no periods. */
function throttled(now: Look, before: Look | undefined): number | undefined {
  const since = (key: string): number => (now.more[key] ?? 0) - (before?.more[key] ?? 0);
  const periods = since('periods');
  return periods > 0 ? (half * since('throttledPeriods')) / periods / throttledShare : undefined;
}

/** Where the line between two loads comes to one half. */
function between(before: Busy, here: Busy): number {
  const part = here.busy > before.busy ? (half - before.busy) / (here.busy - before.busy) : 1;
  return before.load + (here.load - before.load) * Math.max(0, Math.min(1, part));
}
