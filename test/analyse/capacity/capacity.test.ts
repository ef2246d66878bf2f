import { expect, test } from 'vitest';
import { capacityOf, extrapolated, noLessThan } from '../../../src/analyse/capacity/capacity.ts';
import { viewWith } from '../windows.ts';

const arrivals = { axis: 'arrivals' } as const;

test('a plateau is the mean goodput of the overloaded windows, known by their spread and by how even full servers are', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 192 }, { load: 250, goodput: 194 }]);
  const found = capacityOf(view, [false, false, true, true], undefined, arrivals);
  expect(found).toMatchObject({ binds: 'physical', provenance: 'reached', rate: { kind: 'interval', value: 193 } });
  // half of Poisson's √19.3 = 2.197 as four repetitions, and one of spread √2: √((4 · 4.825 + 2) ÷ 5 ÷ 2) = 1.459 by t(5, 0.975) = 2.571; 1 % that plateaus move by: 1.96 · 1.93
  const half = Math.hypot(2.571 * 1.459, 1.96 * 1.93);
  expect(found?.rate).toMatchObject({ low: expect.closeTo(193 - half, 1), high: expect.closeTo(193 + half, 1) });
});

test('of two overloaded windows that are further apart than counting the better one counts', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 180, goodput: 151 }, { load: 225, goodput: 167 }]);
  const found = capacityOf(view, [false, false, true, true], undefined, arrivals);
  // 167 − 151 is more than three standard deviations, 12.3; alone: t(4, 0.975) = 2.776 · ½ · √16.7 = 5.67, and 1.96 · 1.67
  const half = Math.hypot(5.67, 1.96 * 1.67);
  expect(found?.rate).toMatchObject({
    value: 167,
    low: expect.closeTo(167 - half, 1),
    high: expect.closeTo(167 + half, 1),
  });
});

test('beyond a retrograde tail the capacity is the top of the hill, not the last step', () => {
  const view = viewWith([
    { load: 100 },
    { load: 200, goodput: 190 },
    { load: 300, goodput: 120 },
    { load: 400, goodput: 60 },
  ]);
  const found = capacityOf(view, [false, true, true, true], undefined, arrivals);
  expect(found?.rate).toMatchObject({ value: 190 });
});

test('where nothing was overloaded it is only at least the best window', () => {
  const view = viewWith([{ load: 100 }, { load: 200 }, { load: 300 }]);
  expect(capacityOf(view, [false, false, false], undefined, arrivals)).toEqual({
    rate: { kind: 'at-least', low: 300 },
    binds: 'physical',
    provenance: 'lower-bound',
  });
});

test('no windows, no capacity', () => expect(capacityOf(viewWith([]), [], undefined, arrivals)).toBeUndefined());

test('where all that was too much failed, it lies between what was carried and where the line of the first resource ends', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  const own = { kind: 'interval', value: 180, low: 170, high: 240 } as const;
  const found = capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own });
  // halfway to 180; and a quarter of the way from 150 to 220 below what was carried for a while: 150 − 17.5
  expect(found?.rate).toEqual({ kind: 'interval', value: 165, low: 132.5, high: 220 });
});

test('without a line only the two ends are known, what was carried and what was too much: a third of the way is the middle of such', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  expect(capacityOf(view, [false, false, true], undefined, arrivals)?.rate).toEqual({
    kind: 'interval',
    value: expect.closeTo(150 + 70 / 3, 9),
    low: 132.5,
    high: 220,
  });
});

test('a line that ends beyond what was too much tells nothing', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  const own = { kind: 'interval', value: 230, low: 210, high: 250 } as const;
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own })?.rate).toMatchObject({
    value: expect.closeTo(150 + 70 / 3, 9),
    high: 220,
  });
});

test('where some were turned away at the lowest load already and ever more come through, nothing was carried whole: that load is the most', () => {
  const view = viewWith([
    { load: 100, goodput: 90, throughput: 100, errors: 0.1 },
    { load: 150, goodput: 120, throughput: 150, errors: 0.2 },
  ]);
  // counted for 10 s: 100 + 1.96 · √10
  expect(capacityOf(view, [true, true], undefined, arrivals)?.rate).toEqual({
    kind: 'at-most',
    high: expect.closeTo(106.2, 1),
  });
});

test('where only answers are counted and what was too much failed, it is told no higher than the most that was answered', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 160, goodput: 120, errors: 0.25 }]);
  const own = { kind: 'interval', value: 400, low: 380, high: 420 } as const;
  const { rate } = capacityOf(view, [false, false, true], undefined, { axis: 'throughput', own }) ?? {};
  expect(rate).toMatchObject({ kind: 'interval', high: 160 });
});

test('an overloaded window in which a fifth failed, below the line by more than chance, is waste and not the plateau', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 150, errors: 0.2 }]);
  const own = { kind: 'interval', value: 190, low: 180, high: 200 } as const;
  const wasted = capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own });
  expect(wasted?.rate).toMatchObject({ value: 170, low: 137.5, high: 200 });
  const reaching = { ...own, low: 150 };
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own: reaching })?.rate).toMatchObject({
    value: 150,
  });
});

test('a line that ends only beyond what was too much is none, and no evidence of waste', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 150, errors: 0.2 }]);
  const own = { kind: 'interval', value: 260, low: 180, high: 400 } as const;
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own })?.rate).toMatchObject({
    value: 150,
  });
});

test('a window that fell behind at less than was carried at another time says nothing of the capacity', () => {
  const view = viewWith([{ load: 100 }, { load: 150, goodput: 110 }, { load: 200 }, { load: 250 }]);
  expect(capacityOf(view, [false, true, false, false], undefined, arrivals)).toMatchObject({
    provenance: 'lower-bound',
    rate: { kind: 'at-least', low: 250 },
  });
});

/** From 100/s on, where 1 % fails, to 200/s, where 9 % do, and to 300/s, where 20 % do: about as of three or four that are lent at once or not at all, of which 3 % fail at 129/s. */
const turnedAway = { load: 200, goodput: 182, throughput: 200, errors: 0.09 };
const whole = { load: 100, goodput: 99, throughput: 100, errors: 0.01 };

test('where goodput goes on rising while ever more is turned away, what was carried whole is sustained, and not what came through', () => {
  const view = viewWith([whole, turnedAway, { load: 300, goodput: 240, throughput: 300, errors: 0.2 }]);
  const { rate } = capacityOf(view, [false, true, true], undefined, arrivals) ?? {};
  expect(rate).toMatchObject({ value: expect.closeTo(0.97 * 129, -1) });
  expect(rate?.kind === 'interval' && rate.high).toBeLessThan(182);
});

/** A quarter of the requests waits for a third party that does 18/s, and fails beyond that: of 100/s in a minute, 7 do. */
const partly = [60, 70, 77, 84, 92, 100].map((load) => {
  const failed = Math.max(0, load / 4 - 18);
  return { load, goodput: load - failed, throughput: load, errors: failed / load };
});

test('where only answers are counted and ever more of them fail, what comes through beside that is not carried', () => {
  const over = partly.map(({ errors }) => errors > 0.05);
  const { rate } = capacityOf(viewWith(partly), over, undefined, { axis: 'throughput' }) ?? {};
  // 3.6 % fail at 84/s, where 81 are good; nothing does at 70/s
  expect(rate).toMatchObject({ kind: 'interval', low: 70 });
  expect(rate?.kind === 'interval' && rate.value).toBeLessThanOrEqual(81);
  expect(rate?.kind === 'interval' && rate.high).toBeLessThan(91);
});

test('as many failures beside a goodput that is level are a plateau', () => {
  const level = [60, 70, 80, 90, 100].map((load) => {
    const goodput = Math.min(load, 78);
    return { load, goodput, throughput: load, errors: 1 - goodput / load };
  });
  const over = level.map(({ errors }) => errors > 0);
  const { rate } = capacityOf(viewWith(level), over, undefined, { axis: 'throughput' }) ?? {};
  expect(rate).toMatchObject({ value: expect.closeTo(78, 0) });
});

test('where little more comes through than was carried whole, it lies between the two', () => {
  const view = viewWith([
    { load: 100, goodput: 99.9, throughput: 100, errors: 0.001 },
    { load: 110, goodput: 105.6, throughput: 110, errors: 0.04 },
    { load: 140, goodput: 120, throughput: 140, errors: 0.14 },
  ]);
  // 3 % fail at 111/s: 0.97 · 111 = 107.6; the plateau of one window of 10 s is 120 ± 5.4
  const { rate } = capacityOf(view, [false, true, true], undefined, arrivals) ?? {};
  expect(rate).toMatchObject({ value: expect.closeTo((107.6 + 120) / 2, 0), high: expect.closeTo(125.4, 0) });
});

test('a window with many failures beside which goodput breaks down is waste: what it failed was carried before', () => {
  const windows = [{ load: 60 }, { load: 80, goodput: 63, throughput: 80, errors: 0.21 }];
  const broken = viewWith([...windows, { load: 98, goodput: 1, throughput: 98, errors: 0.99 }]);
  // a third of the way from the 63/s to the 80/s that were too much
  expect(capacityOf(broken, [false, true, true], undefined, arrivals)?.rate).toMatchObject({
    value: expect.closeTo(63 + 17 / 3, 9),
    high: 80,
  });

  expect(capacityOf(viewWith(windows), [false, true], undefined, arrivals)?.rate).toMatchObject({ value: 63 });
});

test('what is borrowed is not carried for good: the line at the ceiling counts, not the windows beyond it', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 200, goodput: 160 }]);
  const own = { kind: 'interval', value: 120, low: 115, high: 125 } as const;
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', own })?.rate).toEqual(own);
  // a line that is known badly is no reason to take what was lent for carried
  const wide = { kind: 'interval', value: 130, low: 110, high: 160 } as const;
  const first = { axis: 'arrivals', own: wide } as const;
  expect(capacityOf(view, [false, false, true], undefined, { ...first, lent: true })?.rate).toEqual(wide);
  expect(capacityOf(view, [false, false, true], undefined, first)?.rate).not.toEqual(wide);
  const carried = { rate: { kind: 'at-least', low: 150 }, binds: 'physical', provenance: 'lower-bound' } as const;
  expect(extrapolated(carried, [own])?.rate).toMatchObject({ value: expect.closeTo(120, 0) });
});

test('an end that lies beyond what another resource is known to carry is not the end of the target', () => {
  const carried = { rate: { kind: 'at-least', low: 300 }, binds: 'physical', provenance: 'lower-bound' } as const;
  const own = [{ kind: 'interval', value: 900, low: 800, high: 1000 }] as const;
  expect(extrapolated(carried, own)).toMatchObject({ provenance: 'extrapolated' });
  expect(extrapolated(carried, own, 300)).toBe(carried);
});

test('where more was carried than the plateau shows, that is the capacity, with the chance of its own counting', () => {
  const view = viewWith([{ load: 100 }, { load: 400 }, { load: 405, goodput: 370 }, { load: 410, goodput: 370 }]);
  // 400/s for 10 s: ± 1.96 · √(400 ÷ 10) = 12.4; where only answers are counted no load is too much
  const found = capacityOf(view, [false, false, true, true], undefined, { axis: 'throughput' });
  expect(found?.rate).toMatchObject({ value: 400, low: expect.closeTo(387.6, 1), high: expect.closeTo(412.4, 1) });
});

const done = (value: number) => ({ value, low: 0.97 * value, high: 1.03 * value });

test('where errors are answered, as many answers as were worked for do not tell that nothing came again', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 200, throughput: 199, goodput: 5 }]);
  const given = { axis: 'arrivals', done: { ...done(150), again: false } } as const;
  // between the 120 that are four fifths of it and all of it
  expect(capacityOf(view, [false, false, true], undefined, given)?.rate).toMatchObject({ value: 135 });
});

test('a load that was carried before and is not after a higher one is not too much for that', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 200, goodput: 5 }, { load: 101, goodput: 5 }]);
  const rate = capacityOf(view, [false, false, true, true], undefined, { axis: 'arrivals', done: done(150) })?.rate;
  expect(rate).toMatchObject({ high: expect.closeTo(154.5, 1) });
});

test('what is refused by an answer is refused whatever was done for it: the plateau counts, not the work', () => {
  const view = viewWith([
    { load: 50 },
    { load: 100, throughput: 100, goodput: 80 },
    { load: 150, throughput: 149, goodput: 80 },
  ]);
  const given = { axis: 'arrivals', done: { ...done(150), again: false } } as const;
  expect(capacityOf(view, [false, true, true], undefined, given)?.rate).toMatchObject({ value: expect.closeTo(80, 0) });
});

test('what kills at a peak is not taken to carry more than it did for a window, and may carry less', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 130, goodput: 5 }]);
  const rate = capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', kills: true })?.rate;
  expect(rate).toEqual({ kind: 'interval', value: 100, low: expect.closeTo(80, 9), high: 130 });
});

test('where it is known how much is inside at the peaks, it carries what there is room for then; more was carried for a window by luck', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 130, goodput: 5 }]);
  const endsAt = (value: number) => {
    const own = { kind: 'interval', value, low: value - 12, high: value + 12 } as const;
    return capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', kills: true, own })?.rate;
  };
  expect(endsAt(110)).toEqual({ kind: 'interval', value: 110, low: 98, high: 122 });
  expect(endsAt(90)).toMatchObject({ value: 95, low: 78 });
  // what would end beyond all that was asked for ended sooner
  expect(endsAt(140)).toMatchObject({ value: 100, high: 130 });
});

test('where everything is worked for once and only those who asked had gone, as much is carried as is worked for', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 200, goodput: 5 }]);
  const given = { axis: 'arrivals', done: { ...done(150), again: false } } as const;
  // that it is sustained nobody saw: on the lower side it is halfway from the 100 that were carried to the 145.5 that were worked for at least
  expect(capacityOf(view, [false, false, true], undefined, given)?.rate).toEqual({
    kind: 'interval',
    ...done(150),
    low: 122.75,
  });
});

test('where what is done again and again breaks goodput down, what was carried for a while may be more than is sustained', () => {
  const view = viewWith([{ load: 50 }, { load: 100 }, { load: 140, goodput: 5 }]);
  const given = { axis: 'arrivals', done: { ...done(130), again: true } } as const;
  // a quarter of the way from 100 to the 133.9 that were worked for at most, below 100
  expect(capacityOf(view, [false, false, true], undefined, given)?.rate).toMatchObject({
    low: expect.closeTo(100 - (1.03 * 130 - 100) / 4, 6),
  });
});

test('what was carried at one time and broke down at another stood on the edge: surely carried is what was at lower loads', () => {
  const view = viewWith([
    { load: 60 },
    { load: 80 },
    { load: 100 },
    { load: 101, goodput: 40 },
    { load: 130, goodput: 10 },
  ]);
  const found = capacityOf(view, [false, false, false, true, true], undefined, arrivals);
  expect(found?.rate).toMatchObject({ low: 80, high: 101 });
});

test('where the line of what is first ends beside the plateau, it may be either, unless that line is hardly known', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 192 }, { load: 250, goodput: 194 }]);
  const seen = (value: number, off: number) => {
    const own = { kind: 'interval', value, low: value - off, high: value + off } as const;
    return capacityOf(view, [false, false, true, true], undefined, { axis: 'arrivals', own })?.rate;
  };
  const alone = capacityOf(view, [false, false, true, true], undefined, arrivals)?.rate;
  expect(seen(205, 10)).toMatchObject({ value: 193, high: 205 });
  expect(seen(180, 10)).toMatchObject({ value: 193, low: 180 });
  expect(seen(193, 10)).toEqual(alone);
  expect(seen(215, 60)).toEqual(alone);
  // no line ends beyond a load that was too much
  expect(seen(240, 30)).toMatchObject({ high: 220 });
});

test('two counts of one rate that lie further apart than either is known leave open which is right', () => {
  const view = viewWith([
    { load: 100 },
    { load: 118, goodput: 114 },
    { load: 150, goodput: 134 },
    { load: 180, goodput: 135 },
  ]);
  const given = { axis: 'arrivals', done: { value: 118, low: 115, high: 121, again: false } } as const;
  const rate = capacityOf(view, [false, false, true, true], undefined, given)?.rate;
  if (rate?.kind !== 'interval') throw new Error('no interval');
  expect(rate.low).toBeLessThanOrEqual(118);
  expect(rate.high).toBeGreaterThanOrEqual(134);
});

test('where work done in vain is counted, what could be carried lies between what came of it and what was worked for', () => {
  const view = viewWith([
    { load: 100 },
    { load: 150 },
    { load: 220, goodput: 160, errors: 0.27 },
    { load: 260, goodput: 158, errors: 0.39 },
  ]);
  const own = { kind: 'interval', value: 240, low: 230, high: 250 } as const;
  const over = [false, false, true, true];
  const found = capacityOf(view, over, undefined, { axis: 'arrivals', own, done: done(190) });
  // 159 and 190
  expect(found?.rate).toMatchObject({ value: 174.5, low: expect.closeTo(154.4, 1), high: expect.closeTo(195.7, 1) });
  // no more was worked for than was answered: the line of the resource says 240, but nothing is lost that it could have carried
  const none = capacityOf(view, over, undefined, { axis: 'arrivals', own, done: done(159) });
  expect(none?.rate).toMatchObject({ value: 159 });
});

test('where nothing of the overload came through, it lies between what was carried and what was worked for', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  const found = capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', done: done(170) });
  expect(found?.rate).toMatchObject({
    value: 160,
    low: expect.closeTo(150 - 1.96 * Math.sqrt(15), 9),
    high: expect.closeTo(175.1, 9),
  });
});

test('where overload makes work dearer less is done there than was carried before, and that says nothing', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 220, goodput: 20 }]);
  const asBefore = capacityOf(view, [false, false, true], undefined, arrivals);
  expect(capacityOf(view, [false, false, true], undefined, { axis: 'arrivals', done: done(110) })).toEqual(asBefore);
});

test('what passes by a full resource from a cache goes on rising, but the work for it does not', () => {
  const view = viewWith([
    { load: 100 },
    { load: 150, goodput: 149, errors: 0.007 },
    { load: 220, goodput: 209, throughput: 220, errors: 0.05 },
    { load: 260, goodput: 240, throughput: 260, errors: 0.08 },
  ]);
  const over = [false, false, true, true];
  const found = capacityOf(view, over, undefined, { axis: 'arrivals', done: done(120) });
  expect(found?.rate).toEqual({ kind: 'interval', ...done(120) });
});

test('what was carried whole in a window is carried, though a plateau came out lower by chance', () => {
  const view = viewWith([{ load: 100 }, { load: 196 }, { load: 250, goodput: 193 }, { load: 300, goodput: 193 }]);
  const found = capacityOf(view, [false, false, true, true], undefined, arrivals);
  // and as high as a window of so many might have come out: 196 + 1.96 · √19.6
  expect(found?.rate).toMatchObject({ value: 196, high: expect.closeTo(196 + 1.96 * Math.sqrt(19.6), 9) });
});

test('of a lock, which has no ceiling, one window of overload leaves open how much was carried before it', () => {
  const windows = [{ load: 100 }, { load: 150 }, { load: 240, goodput: 180, errors: 0.25 }];
  const over = [false, false, true];
  const lock = { axis: 'arrivals', mayFall: true } as const;
  expect(capacityOf(viewWith(windows), over, undefined, lock)?.rate).toMatchObject({ value: 180, high: 240 });
  const twice = viewWith([...windows, { load: 300, goodput: 180, errors: 0.4 }]);
  expect(capacityOf(twice, [...over, true], undefined, lock)?.rate).toMatchObject({
    value: 180,
    // t(5, 0.975) · √(4 · ¼ · 18 ÷ 5 ÷ 2) and 1 %: 2.571 · 1.342 and 3.53
    high: expect.closeTo(180 + Math.hypot(2.571 * 1.342, 3.528), 1),
  });
});

test('what was carried whole is no less than what was worked for: then nothing was done in vain', () => {
  const view = viewWith([
    { load: 50 },
    { load: 100 },
    { load: 150, goodput: 92, errors: 0.39 },
    { load: 180, goodput: 92, errors: 0.49 },
  ]);
  const given = { axis: 'arrivals', done: { value: 97, low: 90, high: 104 } } as const;
  const { rate } = capacityOf(view, [false, false, true, true], undefined, given) ?? {};
  expect(rate).toMatchObject({ kind: 'interval', value: 100 });
  if (rate?.kind === 'interval') expect(rate.low).toBeLessThanOrEqual(rate.value);
});

test('where a cache lets answers pass by what is full, that ends where its own line does, and no later than where it was full', () => {
  const view = viewWith([{ load: 100 }, { load: 150 }, { load: 200, goodput: 198 }]);
  const own = { kind: 'interval', value: 160, low: 150, high: 240 } as const;
  expect(capacityOf(view, [false, false, false], undefined, { axis: 'arrivals', own, passed: 200 })).toEqual({
    rate: { ...own, high: 200 },
    binds: 'physical',
    provenance: 'reached',
  });
  // all that was carried without a loss beyond it is carried, up to where so much fails that it plainly was not
  const beyondIt = viewWith([{ load: 100 }, { load: 150 }, { load: 200 }, { load: 220, goodput: 205, errors: 0.07 }]);
  expect(
    capacityOf(beyondIt, [false, false, false, true], undefined, { axis: 'arrivals', own, passed: 150 }),
  ).toMatchObject({ rate: { value: 200, high: 220 }, provenance: 'reached' });
  // more than was carried is not known by that
  const beyond = { ...own, value: 220 };
  expect(
    capacityOf(view, [false, false, false], undefined, { axis: 'arrivals', own: beyond, passed: 200 }),
  ).toMatchObject({
    provenance: 'lower-bound',
  });
});

test('what was carried in windows that tell nothing of the resources is carried; a plateau that was reached stays', () => {
  const line = {
    rate: { kind: 'interval', value: 218, low: 123, high: 359 },
    binds: 'physical',
    provenance: 'extrapolated',
  } as const;
  expect(noLessThan(line, 800)).toMatchObject({ rate: { kind: 'at-least', low: 800 }, provenance: 'lower-bound' });
  expect(noLessThan(line, 200)).toBe(line);
  const objective = { ...line, binds: 'objective', provenance: 'reached' } as const;
  expect(noLessThan(objective, 800)).toBe(objective);
  expect(noLessThan({ ...line, provenance: 'reached' }, 300)).toMatchObject({ rate: { value: 218 } });
  expect(noLessThan({ ...line, provenance: 'reached' }, 800)).toMatchObject({ rate: { kind: 'at-least', low: 800 } });
});
