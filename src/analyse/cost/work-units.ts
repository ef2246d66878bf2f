import type { Component } from '../../model/component.ts';
import { number, percent, resourceName } from '../../model/in-words.ts';
import type { Note } from '../../model/note.ts';
import type { Resource } from '../../model/resource.ts';
import { perSecond } from '../../model/units.ts';
import { line } from '../../stats/line.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, nameOf, type Track } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/** Fewer windows than this choose nothing; work that goes with requests as closely as this (coefficient of variation of work for a request) tells nothing more. */
const leastWindows = 12;
const leastVariation = 0.02;
/** Work is the better measure where it leaves this share of what requests leave unexplained. */
const better = 0.5;
/** The mix of the peak: loads from this share of the highest on, of the last days. */
const peak = 0.8;
const lastDays = 2;

/** What is used goes with units of work rather than with requests: the view with the requests that this work stands for, how far the mix at the peak differs from day to day, and what is left unexplained (both relative). */
export type InWork = { readonly view: View; readonly error: number; readonly left: number; readonly note: Note };

/**
 * Of days: whether use follows some work that is counted (queries, commits, operations) more closely than requests, whose mix changes (analysis 3.9: CPU on transactions R² .50, on
 * logical reads .82). Work is told in requests of the mix at the peak, so that capacity stays a rate of requests: at that mix, the dearest one beside it.
 */
export function workUnitsOf(
  cases: readonly Case[],
  view: View,
  sustained: readonly boolean[],
  components: readonly Component[],
): (resource: Resource) => InWork | undefined {
  if (view.windows.some(({ cell }) => !cell)) return () => undefined;
  const groups = [...Map.groupBy(cases, nameOf)];
  const leaves = groups.filter(([, [first]]) => first?.resource.layer !== 'hold' && first?.resource.kind !== 'space');
  const found = new Map(
    leaves.flatMap(([name, alike]) => {
      const works = groups.filter(([, [other]]) => other && alike[0] && isOf(alike[0].resource, other, components));
      const used = totalOf(alike.map(({ usage }) => usage));
      const [first] = works
        .flatMap(([work, own]) => inWork(name, used, { name: work, done: doneBy(own) }, view, sustained))
        .toSorted((a, b) => a.left - b.left);
      return first ? [[name, first] as const] : [];
    }),
  );
  return (resource) => found.get(resourceName(resource));
}

/** Work of the same component, or of one that runs on it. */
function isOf(leaf: Resource, { resource, completions }: Case, components: readonly Component[]): boolean {
  const guests = components.filter(({ on }) => on === leaf.component).map(({ name }) => name);
  return completions !== undefined && [leaf.component, ...guests].includes(resource.component);
}

const doneBy = (cases: readonly Case[]): Track => totalOf(cases.map(({ completions }) => completions ?? []));

/** Window by window the sum over instances, where all were seen. */
function totalOf(tracks: readonly Track[]): Track {
  return (tracks[0] ?? []).map((_, i) => {
    const values = tracks.flatMap((track) => track[i] ?? []);
    return values.length < tracks.length ? undefined : sum(values);
  });
}

function inWork(
  name: string,
  used: Track,
  work: { readonly name: string; readonly done: Track },
  view: View,
  sustained: readonly boolean[],
): readonly InWork[] {
  const points = view.windows.flatMap((window, i) => {
    const [use, done] = [used[i], work.done[i]];
    const isKnown = sustained[i] === true && use !== undefined && done !== undefined && window.throughput > 0;
    const block = window.cell?.block ?? 0;
    return isKnown ? [{ use, done, load: window.throughput, each: done / window.throughput, block }] : [];
  });
  const each = spreadOf(points.map((point) => point.each));
  const isCounted = used.every((use, i) => use === undefined || work.done[i] !== undefined);
  if (!isCounted || points.length < leastWindows || each.relative < leastVariation) return [];
  const [byRequest, byWork] = [unexplained(points, 'load'), unexplained(points, 'done')];
  if (byRequest === undefined || byWork === undefined || byWork > better * byRequest) return [];
  const mixes = peakMixes(points);
  const atPeak = spreadOf(mixes.slice(-lastDays));
  const windows = view.windows.map((window, i) => {
    const done = work.done[i];
    return done === undefined ? window : { ...window, throughput: perSecond(done / atPeak.value) };
  });
  const text = `${name} goes with the work done at ${work.name} rather than with requests (unexplained ${percent(byWork)} of its use instead of ${percent(byRequest)}): what it carries is told in requests of the mix of the last days' peaks, ${number(atPeak.value)} each; the dearest peak asked for ${number(Math.max(...mixes))}`;
  return [{ view: { ...view, windows }, error: atPeak.relative, left: byWork, note: { about: 'analysis', text } }];
}

type Point = { readonly use: number; readonly done: number; readonly load: number };

/** How much work a request came to at the peak of each day, in the order of days. */
function peakMixes(points: readonly (Point & { readonly each: number; readonly block: number })[]): readonly number[] {
  const top = Math.max(...points.map(({ load }) => load));
  const high = points.filter(({ load }) => load >= peak * top);
  return [...Map.groupBy(high, ({ block }) => block)]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => spreadOf(own.map(({ each }) => each)).value);
}

/** The standard deviation about the line, as a share of the mean use; undefined where use does not rise. */
function unexplained(points: readonly Point[], by: 'load' | 'done'): number | undefined {
  const uses = points.map(({ use }) => use);
  const fitted = line(
    points.map((point) => point[by]),
    uses,
  );
  return fitted.slope > 0 ? fitted.residualSd / spreadOf(uses).value : undefined;
}

function spreadOf(values: readonly number[]): { readonly value: number; readonly relative: number } {
  const value = sum(values) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / Math.max(1, values.length - 1);
  return { value, relative: Math.sqrt(variance) / value };
}
