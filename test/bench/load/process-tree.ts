import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all that it started have used: processor time (s), and resident memory (bytes). */
export type Used = { readonly cpu: number; readonly resident: number };

/** Kernel ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on (man 5 proc, USER_HZ). */
const ticks = 100;
const page = 4096;

/** Reads /proc for a process and its children, theirs and so on. */
export function usedBy(pid: number): Used {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const one of all) if (family.has(one.parent)) family.add(one.pid);
  }
  const own = all.filter((one) => family.has(one.pid));
  return {
    cpu: own.reduce((sum, { cpu }) => sum + cpu, 0),
    resident: own.reduce((sum, { resident }) => sum + resident, 0),
  };
}

type Stat = Used & { readonly pid: number; readonly parent: number };

/** Fields of /proc/PID/stat after the name in parentheses: state, ppid, … utime (14), stime (15), … rss (24). */
function statOf(pid: number): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number);
    const field = (number: number): number => fields[number - 3] ?? 0;
    return { pid, parent: field(4), cpu: (field(14) + field(15)) / ticks, resident: field(24) * page };
  } catch {
    return undefined;
  }
}
