import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootId, directoryPrefix, ownerOf, parseRecord, recordFile, sweep } from '../../deploy/demo/leftovers.ts';
import { lineageOf } from '../../deploy/demo/lineage.ts';

test('a record tells processes, groups and the boot they belong to', () => {
  expect(parseRecord('boot b1\ngroup /sys/fs/cgroup/x\nprocess 12 900\nprocess 13 901\n')).toEqual({
    boot: 'b1',
    processes: [
      { pid: 12, started: '900' },
      { pid: 13, started: '901' },
    ],
    groups: ['/sys/fs/cgroup/x'],
  });
});

test('a last line that was cut off is not believed', () => {
  expect(parseRecord('process 12 900\nprocess 13 9').processes).toEqual([{ pid: 12, started: '900' }]);
});

test('a directory says whose it is, and one of others says nothing', () => {
  expect(ownerOf(`${directoryPrefix({ pid: 12, started: '900' })}abc`)).toEqual({ pid: 12, started: '900' });
  expect(ownerOf('plimsoll-report-12-900-abc')).toBeUndefined();
});

/** A directory as a stack leaves it, of an owner that is gone or of one that runs. */
function leave(parent: string, owner: { readonly pid: number; readonly started: string }, record: string): string {
  const directory = join(parent, `${directoryPrefix(owner)}abc`);
  mkdirSync(directory);
  writeFileSync(join(directory, recordFile), record);
  return directory;
}

const gone = { pid: process.pid, started: '1' };

test('what an owner that is gone left behind is ended and removed', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'leftovers-test-'));
  const sleeper = spawn('sleep', ['60']);
  const { pid, started } = lineageOf(sleeper.pid ?? 0);
  const directory = leave(parent, gone, `boot ${bootId()}\nprocess ${pid} ${started}\n`);
  const ended = once(sleeper, 'exit');
  sweep(parent);
  expect(existsSync(directory)).toBe(false);
  expect((await ended)[1]).toBe('SIGKILL');
  rmSync(parent, { recursive: true });
});

test('a process that has the number of another, or is of another boot, is spared', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'leftovers-test-'));
  const sleeper = spawn('sleep', ['60']);
  const { pid, started } = lineageOf(sleeper.pid ?? 0);
  leave(parent, gone, `boot ${bootId()}\nprocess ${pid} ${Number(started) + 1}\n`);
  sweep(parent);
  leave(parent, gone, `boot another\nprocess ${pid} ${started}\n`);
  sweep(parent);
  expect(lineageOf(pid).started).toBe(started);
  expect(sleeper.exitCode ?? sleeper.signalCode).toBeNull();
  const ended = once(sleeper, 'exit');
  sleeper.kill('SIGKILL');
  await ended;
  rmSync(parent, { recursive: true });
});

test('the directory of an owner that still runs is left alone', () => {
  const parent = mkdtempSync(join(tmpdir(), 'leftovers-test-'));
  const directory = leave(parent, lineageOf(process.pid), '');
  expect(sweep(parent)).toEqual([]);
  expect(existsSync(directory)).toBe(true);
  rmSync(parent, { recursive: true });
});
