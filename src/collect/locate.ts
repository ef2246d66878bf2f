import type { Component } from '../model/component.ts';
import type { Labels } from '../model/labels.ts';
import type { Pack, Way } from '../model/pack.ts';
import type { Span } from '../model/span.ts';
import { equalities, type Located, testsOf } from './scope.ts';
import type { Source } from './source.ts';

const plain = (label: string): string => label;

/**
 * Finds what a workload came to in the span (pods, nodes, autoscaler …): every key that some pack `locates`, by the first way that finds anything.
 * A key stays out where no way fits what is known; it is empty where ways fit and found nothing.
 */
export async function locate(
  source: Source,
  packs: readonly Pack[],
  known: Located,
  span: Span,
  stop: AbortSignal,
): Promise<Located> {
  let located: Located = known;
  for (const [key, ways] of packs.flatMap((pack) => Object.entries(pack.locates ?? {}))) {
    if (located[key]) continue;
    const fitting = ways.filter((way) => way.needs.every((need) => located[need]));
    if (fitting.length === 0) continue;
    located = { ...located, [key]: await firstFound(source, fitting, located, span, stop) };
  }
  return located;
}

/** What the configuration says of a workload. */
export const knownOf = ({ workload }: Component): Located =>
  Object.fromEntries(Object.entries(workload ?? {}).map(([key, value]) => [key, [value]]));

async function firstFound(
  source: Source,
  ways: readonly Way[],
  located: Located,
  span: Span,
  stop: AbortSignal,
): Promise<readonly string[]> {
  for (const way of ways) {
    const found = await follow(source, way, located, span, stop);
    if (found.length > 0) return found;
  }
  return [];
}

async function follow(
  source: Source,
  way: Way,
  located: Located,
  span: Span,
  stop: AbortSignal,
): Promise<readonly string[]> {
  let found: Located = located;
  let last: readonly string[] = [];
  for (const step of way.steps) {
    const tests = testsOf(step.where, found, plain);
    if (!tests) return [];
    const selection = { names: [step.series], tests: [...equalities(source.select), ...tests] };
    const { series } = await source.series(selection, span, stop);
    last = valuesOf(series, step.take);
    if (last.length === 0) return [];
    found = { ...found, [step.take]: last };
  }
  return last;
}

const valuesOf = (series: readonly Labels[], label: string): readonly string[] =>
  [...new Set(series.flatMap((labels) => labels[label] ?? []))].filter((value) => value !== '').sort();
