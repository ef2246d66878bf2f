import type { Labels } from '../../../src/model/labels.ts';
import { type Random, seeded } from '../../../src/model/random.ts';
import type { Running } from '../engine.ts';
import type { World } from '../world.ts';
import { type Book, type Column, openBook } from './book.ts';
import type { Row, Told } from './row.ts';
import { seedOf } from './seed-of.ts';
import { type Glimpse, type Sight, watcherOf } from './sight.ts';
import { type Subject, type Target, targetsOf } from './targets.ts';

/** When a world begins, on the clock of its generator (s since 1970). */
export const beginning = 1_800_000_000;

/** A compiled row: where its samples go. */
type Line = { readonly read: Row['read']; readonly column: Column };

/** Scrapes a running world from now on, as a Prometheus with a phase of its own for each target would; the book fills as the world goes on. */
export function scrape(world: World, running: Running, repetition: number): Book {
  const book = openBook();
  const watch = watcherOf(world, running, repetition);
  for (const target of targetsOf(world)) {
    const random = seeded(seedOf(`${world.seed} ${repetition} ${target.name}`));
    const read = readerOf(world, target, book);
    if (target.lag > 0) lateScrapes(world, running, { target, watch, read, random });
    else scrapes(world, running, { target, watch, read, random });
  }
  return book;
}

type Scraping = {
  readonly target: Target;
  readonly watch: () => Sight;
  readonly read: (sight: Sight) => readonly Sample[];
  readonly random: Random;
};

/** What one look at one subject came to, not yet kept. */
type Sample = { readonly lines: readonly Line[]; readonly values: readonly (number | undefined)[] };

/** Every `interval` from a phase on. */
function momentsOf(interval: number, phase: number): (after: number) => number {
  return (after) => phase + interval * (Math.floor((after - phase) / interval + 1e-9) + 1);
}

function scrapes(world: World, running: Running, { target, watch, read, random }: Scraping): void {
  running.every(momentsOf(target.interval, random() * target.interval), (now) => {
    const sight = watch();
    if (isLost(world, target, sight, random)) return;
    keep(read(sight), timeOf(world, now));
  });
}

/** The source looks every `lag` seconds; a scrape gets what it saw last, with that time, and the same again is nothing new. */
function lateScrapes(world: World, running: Running, { target, watch, read, random }: Scraping): void {
  let latest: { readonly samples: readonly Sample[]; readonly time: number } | undefined;
  running.every(momentsOf(target.lag, random() * target.lag), (now) => {
    latest = { samples: read(watch()), time: timeOf(world, now) };
  });
  running.every(momentsOf(target.interval, random() * target.interval), () => {
    if (latest && !isLost(world, target, watch(), random)) keep(latest.samples, latest.time);
  });
}

/** Prometheus keeps milliseconds. */
const timeOf = ({ seen }: World, now: number): number => Math.round((beginning + now + seen.skew) * 1000) / 1000;

function keep(samples: readonly Sample[], time: number): void {
  for (const { lines, values } of samples) {
    for (const [index, { column }] of lines.entries()) {
      const value = values[index];
      if (value !== undefined) column.put(time, value);
    }
  }
}

/** Reads every subject of a target; its rows are made once and its columns found once. */
function readerOf(world: World, target: Target, book: Book): (sight: Sight) => readonly Sample[] {
  const known = new Map<string, readonly Line[]>();
  const linesOf = (subject: Subject): readonly Line[] => {
    const before = known.get(subject.key);
    if (before) return before;
    const made = linesFrom(world, subject, book);
    known.set(subject.key, made);
    return made;
  };
  return (sight) =>
    target.subjects(sight).map((subject) => {
      const lines = linesOf(subject);
      return { lines, values: lines.map(({ read }) => read(subject.seen)) };
    });
}

function linesFrom({ seen: { missing } }: World, subject: Subject, book: Book): readonly Line[] {
  const isTold = ({ of, part = subject.seen.part.name }: Told): boolean =>
    of === undefined || !missing.includes(`${part}/${of}`);
  return subject
    .told()
    .filter(isTold)
    .flatMap(({ rows }) =>
      rows.map(({ name, labels, read }) => ({
        read,
        column: book.column(named(name, { ...subject.labels, ...labels })),
      })),
    );
}

const named = (name: string, labels: Labels): Labels => ({ __name__: name, ...labels });

/** A scrape comes back empty now and then, and more often from what is busy. */
function isLost({ seen }: World, { part }: Target, sight: Sight, random: Random): boolean {
  const dice = random();
  const share = part !== undefined && sight.of(part).some(isBusy) ? Math.max(seen.gaps, seen.gapsWhenBusy) : seen.gaps;
  return dice < share;
}

const isBusy = ({ part, look }: Glimpse): boolean =>
  part.resources.some(({ id, kind }) => {
    const of = look(id);
    return of !== undefined && kind !== 'memory' && of.waiting > 0 && of.used >= of.size;
  });
