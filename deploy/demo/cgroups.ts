import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where control groups of our own may be made: beneath the group that we are in, so that its limits stay ours too. */
export type GroupHome =
  | { readonly version: 'v1'; readonly cpu: string; readonly cpuacct: string }
  | { readonly version: 'v2'; readonly path: string }
  | { readonly version: 'none'; readonly why: string };

/** One control group: on v1 a directory for each controller (one where they are mounted together), on v2 one. */
export type Group =
  | { readonly version: 'v1'; readonly cpu: string; readonly cpuacct: string }
  | { readonly version: 'v2'; readonly path: string };

interface Mount {
  /** The group that is seen at the mount point. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** The length of a quota's period, the kernel's own default. Unit: microseconds. */
export const period = 100_000;

/** Reads the cgroup lines of /proc/self/mountinfo. */
export function parseMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , , root, point] = before?.split(' ') ?? [];
    const [type, , options] = after?.split(' ') ?? [];
    if (root === undefined || point === undefined || type === undefined || !type.startsWith('cgroup')) return [];
    return [{ root, point, type, options: options?.split(',') ?? [] }];
  });
}

/** Reads /proc/self/cgroup: the path of our group by controller; the empty name is v2's. */
export function parseMembership(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      if (controllers === undefined || path === undefined) return [];
      return controllers.split(',').map((controller) => [controller, path] as const);
    }),
  );
}

/** Where our group of a controller lies in the file system. */
export function directoryOf(mount: Mount, path: string): string {
  const below = mount.root === '/' ? path : path.startsWith(mount.root) ? path.slice(mount.root.length) : '/';
  return join(mount.point, below).replace(/\/$/, '');
}

/** Finds where groups can be made, or says why not. Changes nothing. */
export function findGroupHome(): GroupHome {
  if (!existsSync('/proc/self/mountinfo')) return { version: 'none', why: 'this system has no control groups' };
  const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  const membership = parseMembership(readFileSync('/proc/self/cgroup', 'utf8'));
  const home = chooseHome(mounts, membership);
  const closed = foldersOf(home).find((path) => !isWritable(path));
  return closed === undefined ? home : { version: 'none', why: `${closed} cannot be written` };
}

/** v1 where its cpu controller is mounted, else v2. */
export function chooseHome(mounts: readonly Mount[], membership: ReadonlyMap<string, string>): GroupHome {
  const at = (controller: string): string | undefined => {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    const path = membership.get(controller);
    return mount === undefined || path === undefined ? undefined : directoryOf(mount, path);
  };
  const [cpu, cpuacct] = [at('cpu'), at('cpuacct')];
  if (cpu !== undefined && cpuacct !== undefined) return { version: 'v1', cpu, cpuacct };
  const unified = mounts.find(({ type }) => type === 'cgroup2');
  const path = membership.get('');
  if (unified === undefined || path === undefined) return { version: 'none', why: 'no control groups are mounted' };
  return { version: 'v2', path: directoryOf(unified, path) };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The directories of a home or a group, without repetition. */
export function foldersOf(group: GroupHome | Group): readonly string[] {
  switch (group.version) {
    case 'none':
      return [];
    case 'v1':
      return [...new Set([group.cpu, group.cpuacct])];
    case 'v2':
      return [group.path];
  }
}

/** The group of this name within another. */
export function within(group: Group, name: string): Group {
  if (group.version === 'v2') return { version: 'v2', path: join(group.path, name) };
  return { version: 'v1', cpu: join(group.cpu, name), cpuacct: join(group.cpuacct, name) };
}

/**
 * On v2 a group with processes in it cannot hand controllers down, so ours hangs on the nearest ancestor that does.
 *
 * @returns the ancestor whose children have the cpu controller, or why there is none
 */
export function delegatingAncestor(home: Group): Group | { readonly version: 'none'; readonly why: string } {
  if (home.version === 'v1') return home;
  for (let path = home.path; existsSync(join(path, 'cgroup.subtree_control')); path = dirname(path)) {
    if (!isWritable(path) || !handsDown(path, 'cpu')) continue;
    handsDown(path, 'memory');
    return { version: 'v2', path };
  }
  return { version: 'none', why: `no control group above ${home.path} hands the cpu controller down` };
}

/** Whether children of a v2 group have this controller; it is switched on where that is allowed. */
function handsDown(path: string, controller: string): boolean {
  const control = join(path, 'cgroup.subtree_control');
  const has = (): boolean => readFileSync(control, 'utf8').trim().split(' ').includes(controller);
  if (has()) return true;
  try {
    writeFileSync(control, `+${controller}`);
    return has();
  } catch {
    return false;
  }
}

/** Makes the directories of a group; on v2 its children get the controllers as well. */
export function makeGroup(group: Group, forChildren: boolean): void {
  for (const folder of foldersOf(group)) mkdirSync(folder);
  if (group.version === 'v2' && forChildren) {
    handsDown(group.path, 'cpu');
    handsDown(group.path, 'memory');
  }
}

/** Limits a group to so many cores; null lifts the limit. */
export function setQuota(group: Group, cores: number | null): void {
  const micros = cores === null ? undefined : Math.max(1000, Math.round(cores * period));
  try {
    if (group.version === 'v2') {
      writeFileSync(join(group.path, 'cpu.max'), `${micros ?? 'max'} ${period}`);
      return;
    }
    writeFileSync(join(group.cpu, 'cpu.cfs_period_us'), `${period}`);
    writeFileSync(join(group.cpu, 'cpu.cfs_quota_us'), `${micros ?? -1}`);
  } catch (cause) {
    const [folder] = foldersOf(group);
    throw new Error(
      `the kernel refused a quota of ${cores ?? 'no'} cores for ${folder}; it may not exceed that of its parent`,
      { cause },
    );
  }
}
