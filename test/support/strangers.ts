import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** CPU in clock ticks: of the whole machine, and of one process and everything below it. */
type Ticks = { readonly busy: number; readonly own: number };

const ticksPerSecond = 100;
const every = 1000;
const stretch = 10;

/** Busy ticks of the machine: everything that is neither idle nor waiting for disks; stolen time counts, because it is missing. */
export function busyTicks(stat: string): number {
  const [, user, nice, system, , , irq, softirq, steal] = (stat.split('\n')[0] ?? '').split(/\s+/).map(Number);
  return (user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0) + (steal ?? 0);
}

export type Process = { readonly pid: number; readonly parent: number; readonly ticks: number };

/** A line of /proc/PID/stat; the name in brackets may itself hold spaces and brackets. */
export function processOf(stat: string): Process {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = Number(fields[11]) + Number(fields[12]);
  return { pid: Number.parseInt(stat, 10), parent: Number(fields[1]), ticks: own };
}

/** What became of each process below `root` since the last look; what is new counts from its start. */
export function ticksBelow(
  root: number,
  processes: readonly Process[],
  before: ReadonlyMap<number, number>,
): { readonly spent: number; readonly seen: ReadonlyMap<number, number> } {
  const below = new Set([root]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { pid, parent } of processes) if (below.has(parent) || before.has(pid)) below.add(pid);
  }
  const own = processes.filter(({ pid }) => below.has(pid));
  const spent = own.reduce((sum, { pid, ticks }) => sum + Math.max(0, ticks - (before.get(pid) ?? 0)), 0);
  return { spent, seen: new Map(own.map(({ pid, ticks }) => [pid, ticks])) };
}

/** Worst mean of what strangers used over ten looks one after the other, as a share of the machine. */
export function worstShare(looks: readonly Ticks[], cores: number): number {
  const shares = looks.slice(stretch - 1).map((_, end) => {
    const some = looks.slice(end, end + stretch);
    const strange = some.reduce((sum, { busy, own }) => sum + Math.max(0, busy - own), 0);
    return strange / (stretch * ticksPerSecond * (every / 1000) * cores);
  });
  return Math.max(0, ...shares);
}

function allProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [processOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        return [];
      }
    });
}

/** Watches what the machine spends on anything but `root` and what lies below it; `share` tells the worst ten seconds. */
export function watchStrangers(root: number): { readonly share: () => number; readonly end: () => void } {
  const looks: Ticks[] = [];
  let busy = busyTicks(readFileSync('/proc/stat', 'utf8'));
  let { seen } = ticksBelow(root, allProcesses(), new Map());
  const timer = setInterval(() => {
    const now = busyTicks(readFileSync('/proc/stat', 'utf8'));
    const own = ticksBelow(root, allProcesses(), seen);
    looks.push({ busy: now - busy, own: own.spent });
    busy = now;
    seen = own.seen;
  }, every);
  return { share: () => worstShare(looks, availableParallelism()), end: () => clearInterval(timer) };
}
