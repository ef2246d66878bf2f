import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Group } from './cgroups.ts';

/** A CPU limit and what it has done so far. */
export interface Quota {
  /** Microseconds of CPU per period. */
  readonly quota: number;
  /** Microseconds. */
  readonly period: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledSeconds: number;
}

/** One control group as it stands now. Units: seconds, bytes. */
export interface GroupReading {
  readonly cpuSeconds: number;
  /** Undefined where no limit is set. */
  readonly quota: Quota | undefined;
  readonly anonymousMemory: number;
  /** What is in use without the file cache that could be dropped. */
  readonly workingSet: number;
  /** Time in which some process waited for a CPU; undefined where the kernel does not tell. */
  readonly cpuWaitingSeconds: number | undefined;
  readonly processes: number;
}

export type ReadText = (path: string) => string;

/** Reads a control group. */
export function readGroup(group: Group, read: ReadText = readIfThere): GroupReading {
  return group.version === 'v1' ? readV1(group.cpu, group.cpuacct, read) : readV2(group.path, read);
}

const readIfThere: ReadText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Reads lines of `name number`, as in cpu.stat and memory.stat. */
export function parseStat(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [name, value] = line.split(' ');
      return name === undefined || value === undefined ? [] : [[name, Number(value)] as const];
    }),
  );
}

/** On v1 the group has no memory controller: its processes are asked instead. */
function readV1(cpu: string, cpuacct: string, read: ReadText): GroupReading {
  const stat = parseStat(read(join(cpu, 'cpu.stat')));
  const quota = Number(read(join(cpu, 'cpu.cfs_quota_us')));
  const pids = numbers(read(join(cpu, 'cgroup.procs')));
  const memory = pids.map((pid) => parseAnonymous(read(`/proc/${pid}/status`))).reduce((sum, bytes) => sum + bytes, 0);
  return {
    cpuSeconds: Number(read(join(cpuacct, 'cpuacct.usage'))) / 1e9,
    quota:
      quota <= 0
        ? undefined
        : {
            quota,
            period: Number(read(join(cpu, 'cpu.cfs_period_us'))),
            periods: stat.nr_periods ?? 0,
            throttledPeriods: stat.nr_throttled ?? 0,
            throttledSeconds: (stat.throttled_time ?? 0) / 1e9,
          },
    anonymousMemory: memory,
    workingSet: memory,
    cpuWaitingSeconds: undefined,
    processes: pids.length,
  };
}

function readV2(path: string, read: ReadText): GroupReading {
  const stat = parseStat(read(join(path, 'cpu.stat')));
  const memory = parseStat(read(join(path, 'memory.stat')));
  const [quota, period] = read(join(path, 'cpu.max')).trim().split(' ');
  const current = Number(read(join(path, 'memory.current')));
  return {
    cpuSeconds: (stat.usage_usec ?? 0) / 1e6,
    quota:
      quota === undefined || quota === '' || quota === 'max'
        ? undefined
        : {
            quota: Number(quota),
            period: Number(period),
            periods: stat.nr_periods ?? 0,
            throttledPeriods: stat.nr_throttled ?? 0,
            throttledSeconds: (stat.throttled_usec ?? 0) / 1e6,
          },
    anonymousMemory: memory.anon ?? 0,
    workingSet: Math.max(0, current - (memory.inactive_file ?? 0)),
    cpuWaitingSeconds: parseWaiting(read(join(path, 'cpu.pressure'))),
    processes: numbers(read(join(path, 'cgroup.procs'))).length,
  };
}

const numbers = (text: string): readonly number[] => text.split('\n').filter(Boolean).map(Number);

/** Anonymous memory in /proc/PID/status. Unit: bytes; 0 for a process that has just ended. */
export function parseAnonymous(status: string): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** The `some` line of a pressure file. Unit: seconds. */
export function parseWaiting(pressure: string): number | undefined {
  const total = /^some .*total=(\d+)$/m.exec(pressure)?.[1];
  return total === undefined ? undefined : Number(total) / 1e6;
}
