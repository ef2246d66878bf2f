import { PlimsollFault } from '../faults.ts';
import type { Clock } from '../model/clock.ts';
import type { Inventory, Sighting, SourceState } from '../model/inventory.ts';
import type { Note } from '../model/note.ts';
import type { Order } from '../model/order.ts';
import type { Signal } from '../model/signal.ts';
import { type Epoch, epoch, seconds } from '../model/units.ts';
import { collect, type Reach, readingsOf } from './collect.ts';
import type { Source } from './source.ts';
import { type Mixed, toldTwice } from './told-twice.ts';

/** How far back is looked. */
const recent = 300;
/** What comes more rarely cannot order events inside a step; no plan waits for it. */
const coarsest = 60;
/** The newest scrape anywhere, looked for up to four minutes ahead of our own clock. */
const newestScrape = 'max(timestamp(up offset -4m))';

/** What the order would add up over the last five minutes though it is several things. */
export async function mixtures(reach: Reach, order: Order, clock: Clock, stop: AbortSignal): Promise<readonly Mixed[]> {
  const now = clock.now();
  const span = { from: epoch(now - recent), to: now };
  const readings = await readingsOf(reach, order.components, span, stop);
  return (await toldTwice(reach, { ...order, readings }, span, stop)).mixed;
}

/** Looks at everything that the order would collect, over the last five minutes. Faults of a Prometheus are told, not thrown. */
export async function inventory(reach: Reach, order: Order, clock: Clock, stop: AbortSignal): Promise<Inventory> {
  const sources = await Promise.all([...reach.sources.values()].map((source) => stateOf(source, stop)));
  const silent = sources.filter(({ kind }) => kind === 'silent').map(({ name }) => name);
  const answering = new Map([...reach.sources].filter(([name]) => !silent.includes(name)));
  const now = clock.now();
  const span = { from: epoch(now - recent), to: now };
  const seen = await collect({ ...reach, sources: answering }, order, span, stop);
  const { signals, traffic, terms = [], blind, notes } = seen;
  const used = signals.filter(({ role, parts }) => role === 'usage' && parts.some(({ times }) => times.length > 1));
  const fine = used.filter(({ interval }) => interval <= coarsest);
  return {
    sources,
    scrape: fine.length > 0 ? seconds(Math.max(...fine.map(({ interval }) => interval))) : undefined,
    signals: signals.map((signal) => sightingOf(signal, now)),
    traffic: traffic?.interval,
    terms,
    blind,
    notes: [...notes, ...used.filter(({ interval }) => interval > coarsest).map(tooCoarse)],
  };
}

function sightingOf({ resource, at, role, interval, evidence, parts }: Signal, now: Epoch): Sighting {
  const newest = Math.max(...parts.map(({ times }) => times.at(-1) ?? Number.NEGATIVE_INFINITY));
  return { resource, at, role, interval, evidence, lag: seconds(Math.max(0, now - newest)) };
}

function tooCoarse({ resource, interval }: Signal): Note {
  const text = `${resource.component}: ${resource.resource} is seen only every ${Math.round(interval)} s, too rarely to tell when it filled`;
  return { about: 'data', text };
}

async function stateOf(source: Source, stop: AbortSignal): Promise<SourceState> {
  try {
    const { series, at } = await source.instant(newestScrape, stop);
    const [newest] = series;
    const ahead = newest && seconds(Math.max(0, newest.value - at));
    const behind = newest && seconds(Math.max(0, at - newest.value));
    return { name: source.name, kind: 'answers', ahead, behind };
  } catch (error) {
    if (!(error instanceof PlimsollFault)) throw error;
    return { name: source.name, kind: 'silent', why: error };
  }
}
