import { expect, test } from 'vitest';
import { chooseHome, directoryOf, parseMembership, parseMounts } from '../../deploy/demo/cgroups.ts';

/** Debian 12 with separate controllers: /proc/self/mountinfo, shortened. */
const v1Mounts = parseMounts(`24 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 29 0:26 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
31 29 0:27 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
40 29 0:36 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw`);

const v2Mounts = parseMounts('30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate');

test('only control groups are read from the mounts', () => {
  expect(v1Mounts.map(({ type, point }) => [type, point])).toEqual([
    ['cgroup', '/sys/fs/cgroup/cpu'],
    ['cgroup', '/sys/fs/cgroup/cpuacct'],
    ['cgroup2', '/sys/fs/cgroup/unified'],
  ]);
});

test('optional fields before the dash do not move the type', () => {
  expect(v2Mounts).toEqual([{ root: '/', point: '/sys/fs/cgroup', type: 'cgroup2', options: ['rw', 'nsdelegate'] }]);
});

test('a membership line of two controllers counts for both', () => {
  const membership = parseMembership('4:cpu,cpuacct:/user.slice\n0::/user.slice/session.scope\n');
  expect(membership.get('cpu')).toBe('/user.slice');
  expect(membership.get('cpuacct')).toBe('/user.slice');
  expect(membership.get('')).toBe('/user.slice/session.scope');
});

test('with the cpu controller on v1 the home is v1, beneath our own group', () => {
  const membership = parseMembership('2:cpuacct:/\n1:cpu:/jobs\n0::/\n');
  expect(chooseHome(v1Mounts, membership)).toEqual({
    version: 'v1',
    cpu: '/sys/fs/cgroup/cpu/jobs',
    cpuacct: '/sys/fs/cgroup/cpuacct',
  });
});

test('with one hierarchy the home is our own group there', () => {
  expect(chooseHome(v2Mounts, parseMembership('0::/system.slice/ssh.service\n'))).toEqual({
    version: 'v2',
    path: '/sys/fs/cgroup/system.slice/ssh.service',
  });
});

test('without control groups the reason is said', () => {
  expect(chooseHome([], parseMembership(''))).toEqual({ version: 'none', why: 'no control groups are mounted' });
});

test('in a container whose mount shows only its own group, the path is counted from there', () => {
  const mount = { root: '/docker/abc', point: '/sys/fs/cgroup/cpu', type: 'cgroup', options: ['cpu'] };
  expect(directoryOf(mount, '/docker/abc')).toBe('/sys/fs/cgroup/cpu');
  expect(directoryOf(mount, '/docker/abc/inner')).toBe('/sys/fs/cgroup/cpu/inner');
});
