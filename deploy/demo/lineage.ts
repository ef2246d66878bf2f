import { readFileSync } from 'node:fs';

/** A process as the kernel tells it apart from every other since boot: the number alone is used again. */
export interface Lineage {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly started: string;
}

interface ProcessStat {
  readonly state: string;
  readonly started: string;
  /** User and system time together, in clock ticks. */
  readonly ticks: number;
}

/** Reads the line of /proc/PID/stat; the name in brackets may itself hold spaces and brackets. */
export function parseProcessStat(line: string): ProcessStat | undefined {
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const [state, started] = [fields[0], fields[19]];
  if (state === undefined || started === undefined) return undefined;
  return { state, started, ticks: Number(fields[11]) + Number(fields[12]) };
}

/** What the kernel says of a process now; undefined once it is gone. */
export function processStat(pid: number): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** This process, or another that runs now. */
export function lineageOf(pid: number): Lineage {
  return { pid, started: processStat(pid)?.started ?? '0' };
}

/** Whether exactly this process still runs; one that has ended and waits to be reaped does not. */
export function isAlive({ pid, started }: Lineage): boolean {
  const stat = processStat(pid);
  return stat !== undefined && stat.started === started && stat.state !== 'Z' && stat.state !== 'X';
}

/** Sends a signal, unless the process has ended. */
export function tell({ pid, started }: Lineage, signal: NodeJS.Signals): void {
  if (!isAlive({ pid, started })) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
