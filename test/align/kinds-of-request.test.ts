import { expect, test } from 'vitest';
import { day } from '../../src/align/cells.ts';
import { type Kind, kindsBySlot } from '../../src/align/kinds-of-request.ts';
import { recurringNote } from '../../src/align/recurring-in-words.ts';
import { type Recurring, recurringWork } from '../../src/align/recurring-work.ts';
import type { Slot } from '../../src/align/slots.ts';
import { epoch, seconds } from '../../src/model/units.ts';

const width = 300;
const start = 1_699_920_000;

/** Eight days of eight cores at 20 ms a page and 400 ms a report; on the last three days, from 8 to 18, something else happens. */
function days(reports: (isThen: boolean, hour: number) => number, batch: number): readonly Recurring[] {
  const seen = Array.from({ length: (8 * day) / width }, (_, i) => {
    const hour = ((i * width) % day) / 3600;
    const isThen = i * width >= 5 * day && hour >= 8 && hour < 18;
    const rate = 60 - 40 * Math.cos((2 * Math.PI * (hour - 1)) / 24);
    const asked = reports(isThen, hour) * rate;
    return { rate, asked, used: 0.02 * (rate - asked) + 0.4 * asked + (isThen ? batch : 0) + 0.01 * (i % 3) };
  });
  const slots = seen.map(
    ({ rate }, i): Slot => ({
      from: epoch(start + i * width),
      to: epoch(start + (i + 1) * width),
      rate,
      strained: false,
    }),
  );
  const kinds: readonly Kind[] = [
    { name: '/page', rates: seen.map(({ rate, asked }) => rate - asked) },
    { name: '/report', rates: seen.map(({ asked }) => asked) },
  ];
  const used = seen.map((one) => one.used);
  return recurringWork(slots, [{ component: 'node', resource: 'cpu', unit: 'cores', used, ceiling: 8 }], kinds);
}

test('what comes with a kind of request is traffic of another mix, and told with the most that was in use', () => {
  const [found, ...others] = days((isThen) => (isThen ? 0.06 : 0.01), 0);
  expect(others).toEqual([]);
  expect(found?.broughtBy).toEqual({ name: '/report', share: expect.closeTo(0.06), usual: expect.closeTo(0.01) });
  const text = found && recurringNote(found, 8, () => 0).text;
  expect(text).toContain(
    'another mix of requests: on 3 of 8 days, from about 08:00 UTC for 10 h, 6 % of them are /report',
  );
  expect(text).toContain('of node / cpu was in use then');
  expect(text).not.toContain('left out');
});

test('work that comes while the mix goes on as it does each day is brought by no kind of request', () => {
  const [found] = days((_, hour) => 0.01 + 0.002 * Math.sin((2 * Math.PI * hour) / 24), 3);
  expect(found?.times).toHaveLength(3);
  expect(found?.broughtBy).toBeUndefined();
});

test('kinds are told by what was asked for, not by who answered or how', () => {
  const times = Float64Array.from({ length: 20 }, (_, i) => start + 60 * i);
  const series = (labels: Readonly<Record<string, string>>, each: number) => ({
    labels,
    times,
    values: times.map((_, i) => 60 * each * i),
  });
  const traffic = {
    completions: [
      series({ handler: '/a', method: 'get', code: '200', instance: '1' }, 3),
      series({ handler: '/a', method: 'get', code: '500', instance: '2' }, 2),
      series({ handler: '/b', method: 'get', code: '200', instance: '1' }, 1),
    ],
    errors: [],
    durations: [],
    buckets: [],
    inFlight: [],
    interval: seconds(60),
    kinds: ['handler', 'method', 'path'],
    promql: '',
  };
  const slots = [{ from: epoch(start + 300), to: epoch(start + 600), rate: 6, strained: false }];
  const told = kindsBySlot(traffic, slots).map(({ name, rates }) => [name, rates[0]]);
  expect(told).toEqual([
    ['/a get', expect.closeTo(5)],
    ['/b get', expect.closeTo(1)],
  ]);
  expect(kindsBySlot({ ...traffic, completions: traffic.completions.slice(0, 2) }, slots)).toEqual([]);
});
