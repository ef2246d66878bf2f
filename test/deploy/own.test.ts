import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseRecord, recordFile, sweep } from '../../deploy/demo/leftovers.ts';
import { isAlive, type Lineage } from '../../deploy/demo/lineage.ts';

/** Starts two processes, of which one ends in its own time only, says so, and stays or ends as it is told. */
const program = `
import { openOwn } from ${JSON.stringify(new URL('../../deploy/demo/own.ts', import.meta.url).href)};
const ending = new AbortController();
process.on('SIGTERM', () => ending.abort());
await using own = openOwn(ending.signal);
const group = own.group('sleeper');
own.start({ name: 'sleeper', command: 'sleep', args: ['60'], ...(group === undefined ? {} : { group }) });
own.start({ name: 'stubborn', command: 'sh', args: ['-c', 'trap "" TERM; sleep 2'] });
const alive = setInterval(() => undefined, 1000);
process.stdout.write('started');
process.stdin.once('data', () => {
  if (process.argv[1] === 'throw') throw new Error('planted');
  process.exit(3);
});
await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
clearInterval(alive);
process.stdin.destroy();
`;

interface Started {
  readonly child: ChildProcess;
  readonly temporary: string;
  /** Read while it ran: what it started and where its groups lie. */
  readonly belongings: () => Promise<{ readonly processes: readonly Lineage[]; readonly groups: readonly string[] }>;
}

function start(how: string): Started {
  const temporary = mkdtempSync(join(tmpdir(), 'own-test-'));
  rmSync(temporary, { recursive: true });
  const child = spawn(
    'sh',
    [
      '-c',
      'umask 022; mkdir "$TMPDIR" && exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
      how,
    ],
    {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const belongings = async () => {
    if (child.stdout === null) throw new Error('no output');
    await once(child.stdout, 'data');
    for (;;) {
      const [directory] = readdirSync(temporary);
      const record = parseRecord(readFileSync(join(temporary, directory ?? '', recordFile), 'utf8'));
      if (record.processes.length === 2) return record;
      await pause(5);
    }
  };
  return { child, temporary, belongings };
}

const untilGone = async (processes: readonly Lineage[]): Promise<void> => {
  while (processes.some(isAlive)) await pause(10);
};

for (const how of ['SIGTERM', 'throw', 'exit'] as const) {
  test(`after ${how} no process, group or directory is left`, async () => {
    const { child, temporary, belongings } = start(how);
    const ended = once(child, 'exit');
    const { processes, groups } = await belongings();
    if (how === 'SIGTERM') child.kill('SIGTERM');
    else child.stdin?.write('now');
    await ended;
    expect(processes.filter(isAlive)).toEqual([]);
    expect(groups.filter(existsSync)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  });
}

test('after SIGKILL the kernel ends the processes and the next start removes the rest', async () => {
  const { child, temporary, belongings } = start('stay');
  const ended = once(child, 'exit');
  const { processes, groups } = await belongings();
  child.kill('SIGKILL');
  await ended;
  await untilGone(processes);
  expect(sweep(temporary)).toHaveLength(1);
  expect(groups.filter(existsSync)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
});
