import { readFileSync, readlinkSync } from 'node:fs';
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { threadCpuUsage } from 'node:process';
import { instant } from './instant.ts';
import { linksIn } from './links-in.ts';
import type { Link, VitalSigns } from './vitals-between.ts';

/** Reads the vital signs of the thread that calls it. */
export function openVitals(): () => VitalSigns {
  const schedule = readable(`/proc/${threadOf()}/schedstat`);
  const quota = cpuStatFiles().find((file) => periodsIn(textOf(file)) !== undefined);
  const garbage = garbageTime();
  const speeds = linkSpeeds();
  return () => {
    const { user, system } = threadCpuUsage();
    return {
      at: instant(),
      loopBusy: performance.eventLoopUtilization().active / 1000,
      cpu: (user + system) / 1e6,
      runQueue: schedule === undefined ? undefined : waitIn(textOf(schedule)),
      periods: quota === undefined ? undefined : periodsIn(textOf(quota)),
      garbage: garbage(),
      links: links(speeds),
    };
  };
}

/** Seconds that this thread has collected garbage, from now on. */
function garbageTime(): () => number {
  let total = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) total += duration / 1000;
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => total;
}

/** Interface → bytes a second, where the system knows how fast it is. */
function linkSpeeds(): ReadonlyMap<string, number> {
  const speeds = linksIn(textOf('/proc/net/dev') ?? '').map(({ name }) => {
    const megabits = Number(textOf(`/sys/class/net/${name}/speed`));
    return [name, (megabits * 1e6) / 8] as const;
  });
  return new Map(speeds.filter(([, speed]) => speed > 0));
}

function links(speeds: ReadonlyMap<string, number>): readonly Link[] {
  if (speeds.size === 0) return [];
  return linksIn(textOf('/proc/net/dev') ?? '').flatMap((link) => {
    const speed = speeds.get(link.name);
    return speed === undefined ? [] : [{ ...link, speed }];
  });
}

function threadOf(): string {
  try {
    return readlinkSync('/proc/thread-self');
  } catch {
    return 'none';
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const readable = (file: string): string | undefined => (textOf(file) === undefined ? undefined : file);

/** schedstat: time on a core, time waiting for one (both ns), time slices. */
function waitIn(text: string | undefined): number | undefined {
  const waited = Number(text?.split(' ')[1]);
  return Number.isFinite(waited) ? waited / 1e9 : undefined;
}

/** The files of cgroup v2 and v1 that may tell of the own CPU quota; inside a container the path may be that of the host, hence the roots. */
function cpuStatFiles(): readonly string[] {
  const lines = (textOf('/proc/self/cgroup') ?? '').trim().split('\n');
  return lines.flatMap((line) => {
    const [, controllers = '', path = ''] = line.match(/^\d+:([^:]*):(.*)$/) ?? [];
    if (controllers === '') return [`/sys/fs/cgroup${path}/cpu.stat`, '/sys/fs/cgroup/cpu.stat'];
    if (!controllers.split(',').includes('cpu')) return [];
    return [controllers, 'cpu'].flatMap((name) => [
      `/sys/fs/cgroup/${name}${path}/cpu.stat`,
      `/sys/fs/cgroup/${name}/cpu.stat`,
    ]);
  });
}

function periodsIn(text: string | undefined): VitalSigns['periods'] {
  const all = Number(text?.match(/^nr_periods (\d+)$/m)?.[1]);
  const throttled = Number(text?.match(/^nr_throttled (\d+)$/m)?.[1]);
  return Number.isFinite(all) && Number.isFinite(throttled) ? { all, throttled } : undefined;
}
