import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { carryOut } from '../../src/run/carry-out.ts';
import type { Signals } from '../../src/run/conduct.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { aReport } from '../store/a-report.ts';
import { virtualClock } from './toy-world.ts';

const never = new AbortController().signal;
const errand = (work: (signals: Signals) => Promise<Report>, locks: readonly string[] = []) => ({
  id: 'r1',
  target: 'shop',
  kind: 'probe' as const,
  locks,
  begun: () => {},
  work,
});

test('a run that ends is kept with its report', async () => {
  const store = memoryStore();
  await carryOut(
    errand(async () => aReport('r1')),
    store,
    virtualClock(),
    never,
  );
  expect(await store.run('r1')).toMatchObject({ state: 'complete' });
  expect((await store.report('r1'))?.run.id).toBe('r1');
});

test('a run that throws is kept as failed, with the reason, and throws on', async () => {
  const store = memoryStore();
  const broken = carryOut(
    errand(() => Promise.reject(new Error('no connection'))),
    store,
    virtualClock(),
    never,
  );
  await expect(broken).rejects.toThrow('no connection');
  expect(await store.run('r1')).toMatchObject({ state: 'failed', why: 'no connection' });
});

test('a stop that somebody asked for through the store reaches the work', async () => {
  const store = memoryStore();
  const work = async ({ stop }: Signals): Promise<Report> => {
    await store.requestStop('r1');
    await new Promise((resolve) => stop.addEventListener('abort', resolve));
    const report = aReport('r1');
    return { ...report, run: { ...report.run, state: 'aborted' } };
  };
  await carryOut(errand(work), store, virtualClock(), never);
  expect(await store.run('r1')).toMatchObject({ state: 'aborted' });
});

test('a second run on the same lock is refused while the first works, and nothing of it is entered', async () => {
  const store = memoryStore();
  const work = async (): Promise<Report> => {
    const second = { ...errand(async () => aReport('r2'), ['component db']), id: 'r2' };
    await expect(carryOut(second, store, virtualClock(), never)).rejects.toMatchObject({ code: 'RUN_BUSY' });
    return aReport('r1');
  };
  await carryOut(errand(work, ['component db']), store, virtualClock(), never);
  expect(await store.run('r2')).toBeUndefined();
});
