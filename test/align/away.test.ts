import { expect, test } from 'vitest';
import { type Away, awayIn, awaysIn, besideAway, excused, notesOfAways } from '../../src/align/away.ts';
import type { Change, Collected } from '../../src/model/collected.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Signal } from '../../src/model/signal.ts';
import { epoch, perSecond, ratio } from '../../src/model/units.ts';
import { stepRecord } from '../plan/step-record.ts';
import { every, series, signal } from './samples.ts';

const start = Date.parse('2026-12-01T09:52:00Z') / 1000;
const at = (seconds: number) => epoch(start + seconds);

/** Ten seconds of load from a second of the minute on, of which so large a share found no connection. */
const window = (from: number, load: number, refused = 0): StepRecord =>
  stepRecord({
    span: { from: at(from), to: at(from + 10) },
    offered: perSecond(load),
    throughput: perSecond(load * (1 - refused)),
    goodput: perSecond(load * (1 - refused)),
    errors: ratio(refused),
    completed: load * 10,
    errorsByClass: refused > 0 ? { refused: load * 10 * refused } : {},
  });

const windows = [window(0, 50), window(12, 63), window(24, 80, 0.25), window(36, 100)];
const span = { from: at(0), to: at(46) };
const record = { span, windows };

/** What is read each second of the api, save from one second of the minute to another; the machine is read all the time. */
const readSave = (from: number, to: number): readonly Signal[] => {
  const api = every(1, start - 30, start + 50, () => 3);
  const times = [...api.times].filter((time) => time < start + from || time >= start + to);
  const machine = { component: 'machine', resource: 'cpu', kind: 'rate', layer: 'leaf', unit: 'cores', hard: false };
  return [
    signal({ parts: [series(times.map((time) => [time, 3]))] }),
    signal({ role: 'ceiling', parts: [every(1, start - 30, start + 50, () => 5)] }),
    signal({ resource: machine as Signal['resource'], parts: [every(1, start - 30, start + 50, () => 1)] }),
  ];
};

const restart: Change = {
  at: at(32),
  component: 'api',
  what: 'restart',
  labels: { instance: 'api:80' },
  text: 'the process at api:80 was started anew',
};
const collected = (changes: readonly Change[], signals = readSave(29, 32)): Collected => ({
  signals,
  traffic: undefined,
  changes,
  blind: [],
  notes: [],
});

const text = 'api: the process at api:80 was started anew at 09:52:32 UTC';
const away: Away = { component: 'api', from: at(28), to: at(32), text };

test('a process that was started anew was away from its last sample until the first after it', () => {
  expect(awaysIn(record, collected([restart]))).toEqual([away]);
});

test('what was started before the load or after it, and what its memory limit killed, is not told as that', () => {
  expect(awaysIn(record, collected([{ ...restart, at: at(-5) }]))).toEqual([]);
  expect(awaysIn(record, collected([{ ...restart, at: at(47) }]))).toEqual([]);
  expect(awaysIn(record, collected([restart, { ...restart, at: at(33), what: 'out-of-memory' }]))).toEqual([]);
});

test('what nothing is read of any more, at the end of a load that found no connection, has gone', () => {
  const last = window(36, 100, 1);
  const dead = { span, windows: [...windows.slice(0, 2), last] };
  const [gone, ...others] = awaysIn(dead, collected([], readSave(35, 99)));
  expect(others).toEqual([]);
  expect(gone).toEqual({
    component: 'api',
    from: at(34),
    to: Number.POSITIVE_INFINITY,
    text: 'api stopped answering at about 09:52:34 UTC, and what tells of it was not read any more either: it ended, or cannot be reached',
  });
  expect(awayIn(last, gone ? [gone] : [])).toBe(gone?.text);
});

test('an exporter that falls silent while requests are answered, or only late, is no end', () => {
  expect(awaysIn(record, collected([], readSave(35, 99)))).toEqual([]);
  const late = { ...window(36, 100, 1), errorsByClass: { timeout: 1000 } };
  expect(awaysIn({ span, windows: [late] }, collected([], readSave(35, 99)))).toEqual([]);
});

test('connections refused by what is still read are no end either', () => {
  expect(awaysIn({ span, windows: [window(36, 100, 1)] }, collected([], readSave(0, 0)))).toEqual([]);
});

test('it concerns the windows in which it was away, if requests got no answer there', () => {
  expect(windows.map((one) => awayIn(one, [away]))).toEqual([undefined, undefined, text, undefined]);
  expect(awayIn(window(24, 80), [away])).toBeUndefined();
  const failing: StepRecord = { ...window(24, 80, 0.25), errorsByClass: { http_5xx: 200 } };
  expect(awayIn(failing, [away])).toBeUndefined();
});

test('that no connection came about meanwhile says nothing of the way to the target', () => {
  const blamed = '25 % of the requests got no connection';
  const health = { ...window(0, 1).health, verdict: 'suspect' as const, unconnected: blamed };
  const only = excused({ ...window(24, 80, 0.25), health: { ...health, because: [blamed] } }, [away]);
  expect(only.health).toMatchObject({ verdict: 'ok', because: [] });
  const late = excused({ ...window(24, 80, 0.25), health: { ...health, because: ['late', blamed] } }, [away]);
  expect(late.health).toMatchObject({ verdict: 'suspect', because: ['late'] });
  const elsewhere = { ...window(0, 80, 0.25), health: { ...health, because: [blamed] } };
  expect(excused(elsewhere, [away])).toBe(elsewhere);
});

test('a start that the load may have brought about is evidence; one at less than was carried makes its window incomparable', () => {
  const [, , hit] = windows;
  if (!hit) throw new Error('no window');
  expect(besideAway(undefined, { window: hit, away: text, windows: windows.slice(0, 3) })).toBeUndefined();
  expect(besideAway(undefined, { window: hit, away: text, windows })).toEqual({
    kind: 'unstable-config',
    because: `${text}, and not of the load alone: 100/s were carried`,
  });
  expect(besideAway(undefined, { window: hit, away: undefined, windows })).toBeUndefined();
});

test('a window in which the generator was late as well is not laid to the generator alone', () => {
  const [, , hit] = windows;
  const limited = { kind: 'generator-limited', because: 'late' } as const;
  expect(hit && besideAway(limited, { window: hit, away: text, windows })).toEqual({
    kind: 'unstable-config',
    because: `${text}; late`,
  });
});

test('it is told when, in which window, what failed, and whether the load can have done it', () => {
  const told = (among: readonly StepRecord[], aways = [away]) => notesOfAways(aways, among).map((note) => note.text);
  expect(told(windows.slice(0, 3))).toEqual([
    `${text}; 25 % of the requests failed in the window at 80/s, and whether the load ended it cannot be told`,
  ]);
  expect(told(windows)).toEqual([
    `${text}; 25 % of the requests failed in the window at 80/s, and not of the load alone, since 100/s were carried`,
  ]);
  expect(told(windows.slice(0, 2))).toEqual([`${text}; no window fell short of its load by it`]);
  const again = { ...away, from: at(40), to: at(41) };
  expect(told(windows.slice(0, 2), [away, again])).toEqual([
    `api was away 2 times, the last time from 09:52:40 UTC on; the first: ${text}; no window fell short of its load by it`,
  ]);
});
