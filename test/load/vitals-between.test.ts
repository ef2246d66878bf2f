import { expect, test } from 'vitest';
import { linksIn } from '../../src/load/links-in.ts';
import { vitalsBetween } from '../../src/load/vitals-between.ts';

const at10 = { at: 10, loopBusy: 2, cpu: 1, runQueue: 0.1, periods: { all: 100, throttled: 5 } };

test('shares of the time between two readings; of the periods, for throttling', () => {
  const at20 = { at: 20, loopBusy: 7, cpu: 5, runQueue: 0.6, periods: { all: 200, throttled: 30 } };
  expect(vitalsBetween(at10, at20)).toEqual({ loop: 0.5, cpu: 0.4, runQueue: 0.05, throttled: 0.25 });
});

test('what the system does not tell stays untold', () => {
  const at20 = { at: 20, loopBusy: 2, cpu: 1, runQueue: undefined, periods: undefined };
  expect(vitalsBetween(at10, at20)).toEqual({ loop: 0, cpu: 0, runQueue: undefined, throttled: undefined });
});

test('the busiest of the links whose speed is known, the busier of its two ways', () => {
  const link = { name: 'eth0', speed: 1e6, sent: 0, received: 0 };
  const slow = { name: 'eth1', speed: 1e5, sent: 0, received: 0 };
  const from = { ...at10, garbage: 0.5, links: [link, slow] };
  const to = {
    ...at10,
    at: 20,
    garbage: 0.6,
    links: [
      { ...link, sent: 2e6, received: 5e6 },
      { ...slow, sent: 1e5 },
    ],
  };
  expect(vitalsBetween(from, to)?.link).toBeCloseTo(0.5, 12); // 5 MB in 10 s over 1 MB/s
  expect(vitalsBetween(from, to)?.garbage).toBeCloseTo(0.01, 12);
});

test('the interfaces of /proc/net/dev', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 8842231   10034    0    0    0     0          0         0  8842231   10034    0    0    0     0       0          0
  eth0:1512345     2200    0    0    0     0          0         0   734567    1900    0    0    0     0       0          0
`;
  expect(linksIn(text)).toEqual([
    { name: 'lo', received: 8842231, sent: 8842231 },
    { name: 'eth0', received: 1512345, sent: 734567 },
  ]);
});

test('without a quota no period passes, and none is throttled', () => {
  expect(vitalsBetween(at10, { ...at10, at: 20 })?.throttled).toBe(0);
});

test('between two readings at one time there is nothing to say', () => {
  expect(vitalsBetween(at10, at10)).toBeUndefined();
});
