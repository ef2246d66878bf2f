import { expect, test } from 'vitest';
import { collectingEnd } from '../../../src/analyse/cost/collecting-end.ts';
import type { View } from '../../../src/analyse/seen/view.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40, 50];
const view = ((): View => {
  const told = viewWith(loads.map((load) => ({ load })));
  // each request stays for a second
  return {
    ...told,
    windows: told.windows.map((window) => ({ ...window, inFlight: { mean: window.load, growth: 0 } })),
  };
})();
const sustained = loads.map(() => true);

/** A fifth of the heap is live anyway and 0.5 % for each request inside; 8 ms of a thread a request or as many as are told, and collecting takes cost ÷ (1 − live) of what it does. */
function heapOf(cost: number, work = 0.008) {
  const live = loads.map((load) => 0.2 + 0.005 * load);
  const busy = loads.map((load, i) => (work * load) / (1 - cost / (1 - (live[i] ?? 0))));
  const thread = caseWith(
    { usage: busy, of: 1 },
    { resource: 'event-loop', kind: 'servers', layer: 'thread', unit: 'event loops' },
  );
  const heap = caseWith(
    {
      usage: live,
      of: 1,
      queue: busy.map((each, i) => each - work * (loads[i] ?? 0)),
      queueReads: '$ratio of the time in collections',
    },
    { resource: 'heap', kind: 'space', unit: 'bytes' },
  );
  return { thread, heap };
}

const endOf = (cost: number, on: 'api' | 'other' = 'api') => {
  const { thread, heap } = heapOf(cost);
  const cases = [heap, { ...thread, resource: { ...thread.resource, component: on } }];
  return collectingEnd([heap], { cases, components: [component('api')], view, sustained }, undefined)?.rate;
};

test('a heap ends where at the peaks of what is inside collecting takes all that its thread has left', () => {
  const found = endOf(0.1);
  if (found?.kind !== 'interval') throw new Error('no interval');
  const { value, low, high } = found;
  const left = (load: number, deviations: number): number =>
    1 - 0.008 * load - 0.1 / (1 - 0.2 - 0.005 * (load + deviations * Math.sqrt(load)));
  expect(left(value, 5)).toBeCloseTo(0, 2);
  expect(left(low, 6)).toBeCloseTo(0, 2);
  expect(left(high, 4)).toBeCloseTo(0, 2);
  // its mean would be at the ceiling at 160/s, and the thread full at 125/s
  expect(value).toBeLessThan(90);
});

test('as long as hardly anything is collected a heap ends where its own line does, if it has one', () => {
  expect(endOf(0.005)).toEqual({ kind: 'at-least', low: 50 });
  const { thread, heap } = heapOf(0.005);
  const alone = {
    rate: { kind: 'interval', value: 160, low: 150, high: 170 },
    provenance: 'extrapolated',
    extrapolation: 3,
  } as const;
  const given = { cases: [heap, thread], components: [component('api')], view, sustained };
  expect(collectingEnd([heap], given, alone)).toEqual(alone);
});

test('a thread that is full of its own work by then ends there itself', () => {
  const { thread, heap } = heapOf(0.03, 0.016);
  const given = { cases: [heap, thread], components: [component('api')], view, sustained };
  // (1 − 0.016 L) (1 − 0.2 − 0.005 (L + 5 √L)) = 0.03
  const rate = collectingEnd([heap], given, undefined)?.rate;
  expect(rate).toEqual({ kind: 'at-least', low: expect.closeTo(56.78, 1) });
});

test('where collecting does not go by the room that is left nothing is said: what is told as used may be garbage', () => {
  const { thread, heap } = heapOf(0.1);
  const given = { cases: [heap, thread], components: [component('api')], view, sustained };
  const alike = { ...heap, usage: loads.map(() => 0.5) };
  expect(collectingEnd([{ ...heap, queue: [0.02, 0.02, 0.02, 0.02, 0.02] }], given, undefined)).toBeUndefined();
  const saw = { ...alike, usage: [0.4, 0.8, 0.5, 0.85, 0.6] };
  expect(collectingEnd([saw], given, undefined)).toBeUndefined();
});

test('nothing is said where no processor is told that collects', () => {
  expect(endOf(0.1, 'other')).toBeUndefined();
});

test('a heap that is hardly used, or an end far beyond all that was seen, is a bound and no end', () => {
  const { thread, heap } = heapOf(0.1);
  const small = { ...heap, usage: heap.usage.map((live) => (live ?? 0) / 2), read: heap.read };
  const found = collectingEnd(
    [small],
    { cases: [small, thread], components: [component('api')], view, sustained },
    undefined,
  );
  if (found?.rate.kind !== 'at-least') throw new Error('no bound');
  // twice the 50/s that were seen at most
  expect(found.rate.low).toBeGreaterThan(50);
  expect(found.rate.low).toBeLessThanOrEqual(100);
});

test('a runtime of four processors that stands still while all of them collect ends where the time is used up, as one of one processor does', () => {
  const { thread, heap } = heapOf(0.1);
  const of = (processors: number) => {
    const resource = { ...thread.resource, unit: 'cores' };
    const usage = thread.usage.map((used) => used && used * processors);
    const cores = { ...thread, resource, usage, ceiling: loads.map(() => processors) };
    return collectingEnd([heap], { cases: [heap, cores], components: [component('api')], view, sustained }, undefined);
  };
  const [one, four] = [of(1)?.rate, of(4)?.rate];
  if (one?.kind !== 'interval' || four?.kind !== 'interval') throw new Error('no interval');
  expect(four.value).toBeCloseTo(one.value, 6);
  // one of the four may collect alone: then the others did more of the work, and it ends no later
  expect(four.low).toBeLessThanOrEqual(one.low);
});

test('one whose end nobody knows carries what was carried, and is expected to end about where its line does', () => {
  const { thread, heap } = heapOf(0.1);
  const line = {
    rate: { kind: 'interval', value: 160, low: 150, high: 170 },
    provenance: 'extrapolated',
    extrapolation: 3,
  } as const;
  const given = { cases: [heap, thread], components: [component('api')], view, sustained };
  const saw = { ...heap, usage: [0.4, 0.8, 0.5, 0.85, 0.6] };
  const found = collectingEnd([saw], given, undefined, line);
  expect(found).toMatchObject({ rate: { kind: 'at-least', low: 50 }, indicative: 160 });
});
