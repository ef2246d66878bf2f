import { expect, test } from 'vitest';
import { parseAnonymous, parseWaiting, readGroup } from '../../deploy/demo/group-readings.ts';

const from =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string =>
    files[path] ?? '';

const v1 = { version: 'v1', cpu: '/cpu', cpuacct: '/acct' } as const;
const v2 = { version: 'v2', path: '/g' } as const;

test('a limited v1 group: nanoseconds become seconds, 30 000 of 100 000 µs is 0.3 core', () => {
  const reading = readGroup(
    v1,
    from({
      '/cpu/cpu.stat': 'nr_periods 413\nnr_throttled 150\nthrottled_time 21456660000\n',
      '/cpu/cpu.cfs_quota_us': '30000\n',
      '/cpu/cpu.cfs_period_us': '100000\n',
      '/cpu/cgroup.procs': '7\n8\n',
      '/acct/cpuacct.usage': '17364663000\n',
      '/proc/7/status': 'Name:\tnode\nRssAnon:\t    1024 kB\n',
      '/proc/8/status': 'Name:\tnode\nRssAnon:\t    2048 kB\n',
    }),
  );
  expect(reading).toEqual({
    cpuSeconds: 17.364663,
    quota: { quota: 30000, period: 100000, periods: 413, throttledPeriods: 150, throttledSeconds: 21.45666 },
    anonymousMemory: 3072 * 1024,
    workingSet: 3072 * 1024,
    cpuWaitingSeconds: undefined,
    processes: 2,
  });
});

test('a v1 quota of -1 is no limit', () => {
  expect(readGroup(v1, from({ '/cpu/cpu.cfs_quota_us': '-1\n' })).quota).toBeUndefined();
});

test('a limited v2 group: microseconds become seconds, inactive file cache is not working set', () => {
  const reading = readGroup(
    v2,
    from({
      '/g/cpu.stat': 'usage_usec 2500000\nnr_periods 40\nnr_throttled 4\nthrottled_usec 500000\n',
      '/g/cpu.max': '20000 100000\n',
      '/g/memory.current': '1000\n',
      '/g/memory.stat': 'anon 600\nfile 400\ninactive_file 300\n',
      '/g/cpu.pressure': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1500000\nfull avg10=0.00 total=0\n',
      '/g/cgroup.procs': '7\n',
    }),
  );
  expect(reading).toEqual({
    cpuSeconds: 2.5,
    quota: { quota: 20000, period: 100000, periods: 40, throttledPeriods: 4, throttledSeconds: 0.5 },
    anonymousMemory: 600,
    workingSet: 700,
    cpuWaitingSeconds: 1.5,
    processes: 1,
  });
});

test('a v2 group of "max" is not limited', () => {
  expect(readGroup(v2, from({ '/g/cpu.max': 'max 100000\n' })).quota).toBeUndefined();
});

test('a process that has ended holds no memory, a kernel without pressure tells none', () => {
  expect(parseAnonymous('')).toBe(0);
  expect(parseWaiting('')).toBeUndefined();
});
