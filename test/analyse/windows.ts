import type { Case } from '../../src/analyse/seen/cases.ts';
import { type View, viewOf } from '../../src/analyse/seen/view.ts';
import type { Component } from '../../src/model/component.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Sheet, Window } from '../../src/model/sheet.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { healthOf } from '../support/health-of.ts';

type Given = {
  readonly load: number;
  readonly goodput?: number;
  /** All answers, where some are no good. */
  readonly throughput?: number;
  readonly answered?: number | undefined;
  readonly p99?: number;
  readonly growth?: number;
  readonly inside?: number;
  readonly errors?: number;
  readonly aside?: boolean;
};

/** A sheet of ten-second windows without rows. */
export function sheetOf(given: readonly Given[], axis: Sheet['axis'] = 'arrivals'): Sheet {
  return { axis, windows: given.map(windowOf), rows: [], notes: [] };
}

export const viewWith = (given: readonly Given[]): View => viewOf(sheetOf(given));

function windowOf(
  {
    load,
    goodput = load,
    throughput = goodput,
    answered,
    p99 = 0.01,
    growth = 0,
    inside = 1,
    errors = 0,
    aside = false,
  }: Given,
  i: number,
): Window {
  return {
    span: { from: epoch(1000 + 10 * i), to: epoch(1010 + 10 * i) },
    load: perSecond(load),
    throughput: perSecond(throughput),
    goodput: perSecond(goodput),
    ...(answered !== undefined && { answered: perSecond(answered) }),
    errors: ratio(errors),
    latency: { mean: seconds(p99 / 2), p50: seconds(p99 / 3), p90: seconds(p99 / 2), p99: seconds(p99) },
    inFlight: { mean: inside, growth },
    health: healthOf(),
    aside: aside ? { kind: 'data-invalid', because: 'cut short' } : undefined,
  };
}

/** One resource with one number a window. */
export function caseWith(
  given: Partial<Case> & Pick<Case, 'usage'> & { readonly of?: number },
  resource: Partial<Resource> = {},
): Case {
  const { of, ...rest } = given;
  return {
    resource: {
      component: 'api',
      resource: 'cpu',
      kind: 'rate',
      layer: 'leaf',
      unit: 'cores',
      hard: false,
      ...resource,
    },
    at: {},
    read: given.usage,
    usageError: given.usage.map(() => 0),
    ceiling: given.usage.map(() => of),
    queue: undefined,
    refusals: undefined,
    stall: undefined,
    completions: undefined,
    queueFloor: 0,
    refusalsFloor: 0,
    rows: {},
    ...rest,
  };
}

/** A component by name, what it calls, and what it runs on. */
export const component = (name: string, calls: readonly string[] = [], on?: string): Component => ({
  name,
  on,
  calls,
  signals: [],
  workload: undefined,
  replica: undefined,
  ceilings: {},
});
