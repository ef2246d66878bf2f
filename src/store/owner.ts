import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who works on a run: one process on one machine. */
export type Owner = {
  /** Host and process namespace: only there does the process number mean anything. */
  readonly place: string;
  readonly pid: number;
  /** Tells apart two processes that had the same number; empty where the system does not say. */
  readonly born: string;
};

/** The process that asks. */
export function thisOwner(): Owner {
  return { place: thisPlace(), pid: process.pid, born: birthOf(process.pid) ?? '' };
}

/** Whether an owner that lived in this place still does; undefined where it lived elsewhere, so that nobody here can tell. */
export function isAlive(owner: Owner): boolean | undefined {
  if (owner.place !== thisPlace()) return undefined;
  if (!exists(owner.pid)) return false;
  const born = birthOf(owner.pid);
  return born === undefined || owner.born === '' || born === owner.born;
}

function thisPlace(): string {
  return `${hostname()} ${attempt(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`.trim();
}

/** Boot and start time of a process in clock ticks since then (field 22 of /proc/PID/stat); a zombie has ended. */
function birthOf(pid: number): string | undefined {
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? 'ended' : `${boot} ${fields[19]}`;
  });
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
