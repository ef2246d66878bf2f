import { expect, test } from 'vitest';
import { day } from '../../src/align/cells.ts';
import { shiftsOf } from '../../src/align/shifts.ts';
import type { Slot } from '../../src/align/slots.ts';
import type { Usage } from '../../src/align/usage-by-slot.ts';
import { epoch } from '../../src/model/units.ts';

const width = 300;
/** Tuesday, 14 November 2023. */
const tuesday = 1_699_920_000;

type Seen = { readonly rate: number; readonly isWeekend: boolean; readonly at: number };

/** Days from a Tuesday on, 20 to 100 requests a second, at the week-end half of that; `uses` at a moment (in days). */
function days(count: number, uses: (seen: Seen) => number): readonly [readonly Slot[], readonly Usage[]] {
  const seen = Array.from({ length: (count * day) / width }, (_, i): Seen => {
    const at = (i * width) / day;
    const isWeekend = [4, 5].includes(Math.floor(at) % 7);
    const usual = 60 - 40 * Math.cos(2 * Math.PI * at);
    return { at, isWeekend, rate: (isWeekend ? 0.5 : 1) * usual * (1 + 0.01 * ((i * 7) % 5)) };
  });
  const slots = seen.map(({ rate }, i) => ({
    from: epoch(tuesday + i * width),
    to: epoch(tuesday + (i + 1) * width),
    rate,
    strained: false,
  }));
  const used = seen.map(uses);
  return [slots, [{ component: 'node', resource: 'cpu', unit: 'cores', used, ceiling: 8 }]];
}

/** In days from the start, when another set-up began. */
const breaksIn = ([slots, usages]: readonly [readonly Slot[], readonly Usage[]]): readonly number[] =>
  shiftsOf(slots, usages, []).breaks.map(({ at }) => (at - tuesday) / day);

/** What a request costs rises with the load, as where a cache holds ever less of what is asked for. */
const bent = ({ rate }: Seen): number => 0.05 * rate * (1 + rate / 200);

test('a week-end that costs something else at other loads is no other set-up, nor is the Monday after it', () => {
  expect(breaksIn(days(6, bent))).toEqual([]);
  expect(breaksIn(days(8, bent))).toEqual([]);
});

test('what costs more from a Thursday on is another set-up, also where a week-end follows', () => {
  const changed = (seen: Seen): number => (seen.at >= 2 ? 1.2 : 1) * bent(seen);
  expect(breaksIn(days(4, changed))).toEqual([2.125]);
  expect(breaksIn(days(6, changed))).toEqual([2.125]);
});

test('what changed at a week-end is another set-up once working days show it', () => {
  const changed = (seen: Seen): number => (seen.at >= 4 ? 1.5 : 1) * bent(seen);
  const [at = 0, ...others] = breaksIn(days(8, changed));
  expect(others).toEqual([]);
  expect(at).toBeGreaterThanOrEqual(4);
  expect(at).toBeLessThanOrEqual(6.125);
});

test('work that has stayed the same for each request is no sign of another mix, whatever the use does for each unit of it', () => {
  const [slots, usages] = days(4, (seen) => (seen.at >= 2 ? 1.2 : 1) * 0.05 * seen.rate);
  const works = (more: number): readonly Usage[] => [
    {
      component: 'db',
      resource: 'connections',
      unit: 'commits',
      used: slots.map(({ rate }, i) => 2 * rate * (i >= slots.length / 2 ? more : 1)),
      ceiling: undefined,
    },
  ];
  const texts = (more: number): readonly string[] => shiftsOf(slots, usages, works(more)).notes.map(({ text }) => text);
  expect(texts(1.2)[0]).toContain('and so it does of db / connections: another mix of requests');
  expect(texts(1)[0]).toContain('no rollout is seen');
  const noise = works(1).map((work) => ({ ...work, used: work.used.map((_, i) => (i % 7) + 1) }));
  expect(shiftsOf(slots, usages, noise).breaks).toHaveLength(1);
});

test('a break tells whether a request costs less since, and more of nothing', () => {
  const changed = (times: number) => days(4, (seen) => (seen.at >= 2 ? times : 1) * bent(seen));
  const [slots, [cpu]] = changed(0.8);
  const [, [dearer]] = changed(1.2);
  const told = (...usages: readonly (Usage | undefined)[]): readonly unknown[] =>
    shiftsOf(
      slots,
      usages.flatMap((usage) => usage ?? []),
      [],
    ).breaks.map(({ isCheaper }) => isCheaper);
  expect(told(cpu)).toEqual([true]);
  expect(told(cpu, dearer && { ...dearer, component: 'db' })).toEqual([undefined, undefined]);
});

test('a week-end at the end that seems to cost more is told as what cannot be told yet', () => {
  const dearer = (seen: Seen): number => (seen.isWeekend ? 1.3 : 1) * 0.05 * seen.rate;
  const { breaks, notes } = shiftsOf(...days(6, dearer), []);
  expect(breaks).toEqual([]);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.text).toMatch(
    /^from about 2023-11-18 00:00 UTC on a request seems to cost [\d.]+ % more of node \/ cpu, but on days of another kind than before, or at other loads: whether another set-up began there can only be told/,
  );
  expect(shiftsOf(...days(8, dearer), []).notes).toEqual([]);
  expect(shiftsOf(...days(6, bent), []).notes).toEqual([]);
});
