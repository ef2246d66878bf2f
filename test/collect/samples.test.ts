import { expect, test } from 'vitest';
import { constant, inside, intervalOf, meaningful, withoutCopies } from '../../src/collect/samples.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';

const series = (labels: Record<string, string>, times: readonly number[], value = 1): SampleSeries => ({
  labels: { __name__: 'm', ...labels },
  times: Float64Array.from(times),
  values: new Float64Array(times.length).fill(value),
});
const span = { from: epoch(100), to: epoch(200) };

test('a scraper that was replaced continues its series', () => {
  const [one, ...more] = withoutCopies(
    [series({ scraper: 'a' }, [10, 20], 1), series({ scraper: 'b' }, [20, 30, 40], 2)],
    ['scraper'],
  );
  expect(more).toEqual([]);
  expect([...(one?.times ?? [])]).toEqual([10, 20, 30, 40]);
  expect([...(one?.values ?? [])]).toEqual([1, 2, 2, 2]);
});

test('what differs in more than its scraper is no copy', () => {
  expect(
    withoutCopies([series({ scraper: 'a', pod: 'x' }, [10]), series({ scraper: 'b', pod: 'y' }, [10])], ['scraper']),
  ).toHaveLength(2);
});

test('series that speak in the span leave those out that do not', () => {
  const now = series({}, [150]);
  const before = series({ old: 'yes' }, [90]);
  expect(inside([now, before], span)).toEqual([now]);
  expect(inside([before], span)).toEqual([before]);
});

test('samples that mean "none" are left out, and a series of nothing else is gone', () => {
  const speed = series({}, [1, 2], -125_000);
  expect(meaningful([speed], { above: 0 })).toEqual([]);
  const mixed = { ...speed, values: Float64Array.of(-1, 5) };
  expect(meaningful([mixed], { above: 0 }).map(({ times }) => [...times])).toEqual([[2]]);
  expect(meaningful([series({}, [1], 9.2e18)], { below: 1e15 })).toEqual([]);
});

test('the interval is the usual gap, whatever was missed once', () => {
  expect(intervalOf([series({}, [0, 15, 30, 90, 105])])).toBe(15);
  expect(intervalOf([series({}, [0])])).toBeUndefined();
});

test('of few gaps the shorter counts: where Prometheus began anew there is a hole', () => {
  expect(intervalOf([series({}, [0, 8.1, 10.1])])).toBe(2);
});

test('scrapes that come early or late are told by what was set, and what is no whole number of seconds stays', () => {
  expect(intervalOf([series({}, [0, 2.1, 4.22, 6.3])])).toBe(2);
  expect(intervalOf([series({}, [0, 14.6, 29.2])])).toBe(15);
  expect(intervalOf([series({}, [0, 1.52, 3.04])])).toBe(1.5);
  expect(intervalOf([series({}, [0, 0.25, 0.5])])).toBe(0.25);
});

test('a constant is there from the first to the last moment of a span', () => {
  const { times, values } = constant(20, span, 25);
  expect([...times]).toEqual([100, 125, 150, 175, 200]);
  expect([...values]).toEqual([20, 20, 20, 20, 20]);
});
