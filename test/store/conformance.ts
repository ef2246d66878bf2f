import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/model/store.ts';
import { epoch } from '../../src/model/units.ts';
import { anInvalidReport, aReport } from './a-report.ts';

const complete = { state: 'complete', why: undefined, at: epoch(2000) } as const;
const aborted = { state: 'aborted', why: 'stopped by hand', at: epoch(2000) } as const;
const probe = (id: string, locks: readonly string[] = [], target = 'shop') =>
  ({ id, target, kind: 'probe', locks, at: epoch(1000) }) as const;

/** What every store does, whatever it is made of. */
export function conformance(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store[Symbol.asyncDispose]());

    const ended = async (id: string, report = aReport(id), target = 'shop') => {
      await store.begin(probe(id, [], target));
      await store.finish(id, complete, report);
    };

    test('a run that has begun is running and has no report', async () => {
      await store.begin(probe('r1'));
      expect(await store.run('r1')).toEqual({
        id: 'r1',
        target: 'shop',
        kind: 'probe',
        state: 'running',
        started: 1000,
        ended: undefined,
        why: undefined,
        stopRequested: false,
      });
      expect(await store.report('r1')).toBeUndefined();
    });

    test('a finished run is complete and its report comes back as it was', async () => {
      const report = aReport('r1', { notes: ['naïve — „quotes“ \u0000 and "more" \\'] });
      await store.begin(probe('r1'));
      await store.finish('r1', complete, report);
      expect(await store.run('r1')).toMatchObject({ state: 'complete', ended: 2000 });
      expect(JSON.stringify(await store.report('r1'))).toBe(JSON.stringify(report));
    });

    test('what nobody entered is not there', async () => {
      expect(await store.run('r9')).toBeUndefined();
      expect(await store.report('r9')).toBeUndefined();
      expect(await store.latest('shop')).toBeUndefined();
      await expect(store.finish('r9', aborted, undefined)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
    });

    test('a lock that is held refuses the second run, names the first, and enters nothing', async () => {
      await store.begin(probe('r1', ['10.0.0.1:80', 'db']));
      await expect(store.begin(probe('r2', ['10.0.0.2:80', 'db'], 'other'))).rejects.toMatchObject({
        code: 'RUN_BUSY',
        message: expect.stringMatching(/^db is already under load by run r1;/),
      });
      expect(await store.run('r2')).toBeUndefined();
      await store.begin(probe('r3', ['10.0.0.2:80'], 'other'));
    });

    test('ending a run lets its locks go', async () => {
      await store.begin(probe('r1', ['db']));
      await store.finish('r1', aborted, undefined);
      await store.begin(probe('r2', ['db']));
      expect(await store.run('r2')).toMatchObject({ state: 'running' });
    });

    test('the same lock named twice by one run is one lock', async () => {
      await store.begin(probe('r1', ['db', 'db']));
      await store.finish('r1', aborted, undefined);
      await store.begin(probe('r2', ['db']));
    });

    test('an id is given once', async () => {
      await store.begin(probe('r1'));
      await expect(store.begin(probe('r1'))).rejects.toMatchObject({ code: 'STORE_BROKEN' });
    });

    test('a run cannot end twice: what was aborted never becomes complete', async () => {
      await store.begin(probe('r1'));
      await store.finish('r1', aborted, undefined);
      await expect(store.finish('r1', complete, aReport('r1'))).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(await store.run('r1')).toMatchObject({ state: 'aborted', why: 'stopped by hand' });
      expect(await store.report('r1')).toBeUndefined();
    });

    test('complete needs a complete report of the same run', async () => {
      await store.begin(probe('r1'));
      const cut = aReport('r1');
      const partial = { ...cut, run: { ...cut.run, state: 'aborted' as const } };
      for (const report of [undefined, partial, aReport('r2')]) {
        await expect(store.finish('r1', complete, report)).rejects.toMatchObject({ code: 'INTERNAL' });
      }
      expect(await store.run('r1')).toMatchObject({ state: 'running' });
      await store.finish('r1', aborted, partial);
      expect(await store.report('r1')).toEqual(partial);
    });

    test('a request to stop reaches the run at its next beat', async () => {
      await store.begin(probe('r1'));
      await store.begin(probe('r2', [], 'other'));
      expect(await store.beat('r1', epoch(1001))).toEqual({ stopRequested: false });
      expect(await store.requestStop('r1')).toBe(1);
      expect(await store.beat('r1', epoch(1002))).toEqual({ stopRequested: true });
      expect(await store.beat('r2', epoch(1002))).toEqual({ stopRequested: false });
      expect(await store.requestStop(undefined)).toBe(2);
      expect(await store.run('r2')).toMatchObject({ stopRequested: true });
      expect(await store.requestStop('r9')).toBe(0);
    });

    test('a run that has ended, or never was, is told to stop', async () => {
      await store.begin(probe('r1'));
      await store.finish('r1', aborted, undefined);
      expect(await store.beat('r1', epoch(1003))).toEqual({ stopRequested: true });
      expect(await store.beat('r9', epoch(1003))).toEqual({ stopRequested: true });
    });

    test('a run whose process lives is not swept, however long it is silent', async () => {
      await store.begin(probe('r1'));
      expect(await store.sweep(epoch(99_999))).toEqual([]);
      expect(await store.run('r1')).toMatchObject({ state: 'running' });
    });

    test('runs come newest first, page by page, by target', async () => {
      for (const id of ['r1', 'r2', 'r3', 'r4']) await ended(id, aReport(id), id === 'r3' ? 'other' : 'shop');
      const ids = async (target: string | undefined, limit: number, before: string | undefined) =>
        (await store.runs({ target, limit, before })).map((run) => run.id);
      expect(await ids(undefined, 10, undefined)).toEqual(['r4', 'r3', 'r2', 'r1']);
      expect(await ids(undefined, 2, 'r4')).toEqual(['r3', 'r2']);
      expect(await ids('shop', 10, 'r4')).toEqual(['r2', 'r1']);
      expect(await ids('shop', 10, 'r9')).toEqual([]);
      expect(await ids('nobody', 10, undefined)).toEqual([]);
    });

    test('the latest report is the newest complete one, and the latest answer passes over those without', async () => {
      await ended('r1');
      await ended('r2', anInvalidReport('r2'));
      await store.begin(probe('r3'));
      await store.finish('r3', aborted, undefined);
      expect((await store.latest('shop'))?.run.id).toBe('r2');
      expect((await store.latestAnswer('shop'))?.run.id).toBe('r1');
      await ended('r4');
      expect((await store.latest('shop'))?.run.id).toBe('r4');
      expect((await store.latestAnswer('shop'))?.run.id).toBe('r4');
      expect(await store.latest('other')).toBeUndefined();
    });

    test('ended runs are counted by target and outcome, running ones are not', async () => {
      await ended('r1');
      await ended('r2');
      await ended('r3', anInvalidReport('r3'));
      await ended('r4', aReport('r4', {}, 'other'), 'other');
      await store.begin(probe('r5'));
      await store.finish('r5', { ...aborted, state: 'failed' }, undefined);
      await store.begin(probe('r6'));
      expect(await store.counts()).toEqual([
        { target: 'other', outcome: 'ok', count: 1 },
        { target: 'shop', outcome: 'error', count: 1 },
        { target: 'shop', outcome: 'inconclusive', count: 1 },
        { target: 'shop', outcome: 'ok', count: 2 },
      ]);
    });
  });
}
