import { expect, test } from 'vitest';
import { behindUnread, carriedAside, overloadOf, plateauFrom } from '../../../src/analyse/seen/overload.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import { sheetOf, viewWith } from '../windows.ts';

const over = (sheet: ReturnType<typeof sheetOf>) => overloadOf(sheet, viewOf(sheet));

test('193 of 200 could be counting noise, but work that piles up by 7/s is not', () => {
  expect(over(sheetOf([{ load: 200, goodput: 193 }]))).toEqual([false]);
  expect(over(sheetOf([{ load: 200, goodput: 193, growth: 7 }]))).toEqual([true]);
});

test('193 of 240 is behind', () => expect(over(sheetOf([{ load: 240, goodput: 193 }]))).toEqual([true]));

test('where only answers are counted, the same rate at ever longer latency is the plateau', () => {
  const sheet = sheetOf(
    [{ load: 50 }, { load: 100 }, { load: 150 }, { load: 190, p99: 0.5 }, { load: 192, p99: 2 }],
    'throughput',
  );
  expect(over(sheet)).toEqual([false, false, false, true, true]);
});

test('a higher rate with a steadily higher latency is no plateau', () => {
  const sheet = sheetOf(
    [{ load: 50 }, { load: 100 }, { load: 150, p99: 0.02 }, { load: 190, p99: 0.04 }],
    'throughput',
  );
  expect(over(sheet)).toEqual([false, false, false, false]);
});

test('users who wait: 10, 30 and 49 inside, and 19.3, 20.3 and 20.9 answered a second: the last two wait in vain', () => {
  // ln(20.3 ÷ 19.3) = 0.05 over ln(1.4 ÷ 0.5) = 1.03 is 0.049; between 9/s and 19.3/s it is 0.76 over 0.5
  const sheet = sheetOf(
    [
      { load: 5, p99: 0.6 },
      { load: 9, p99: 0.6 },
      { load: 15, p99: 0.8 },
      { load: 19.3, p99: 1.5 },
      { load: 20.3, p99: 4.2 },
      { load: 20.9, p99: 6.6 },
    ],
    'throughput',
  );
  expect(over(sheet)).toEqual([false, false, false, false, true, true]);
});

test('a plateau holds to the top, one lapse in four allowed', () => {
  const alike = viewWith(Array.from({ length: 8 }, (_, i) => ({ load: 100 + i, goodput: 100 })));
  expect(plateauFrom([false, true, false, false, true, true, false, true], alike)).toBe(4);
  expect(plateauFrom([false, true, false, false], alike)).toBeUndefined();
});

// Seen with MariaDB at its max_connections, observed: the window in which 202/s went over into 273/s failed 5 %, the next one 2 %.
test('a window that stumbles before more is carried is no plateau', () => {
  const view = viewWith([
    { load: 202 },
    { load: 224, goodput: 212 },
    { load: 273, goodput: 268 },
    { load: 369, goodput: 282 },
    { load: 406, goodput: 281 },
    { load: 500, goodput: 290 },
  ]);
  expect(plateauFrom([false, true, false, true, true, true], view)).toBe(3);
});

test('answers that fail fast do not keep up with the load, though they come as often', () => {
  const { windows, ...sheet } = sheetOf([{ load: 240, goodput: 193 }]);
  const refusing = windows.map((window) => ({ ...window, throughput: window.load }));
  expect(over({ ...sheet, windows: refusing })).toEqual([true]);
});

const unreadAt = (...loads: readonly (readonly [load: number, goodput: number, aside: boolean])[]) => {
  const sheet = sheetOf(loads.map(([load, goodput, aside]) => ({ load, goodput, aside })));
  return behindUnread(sheet, viewOf(sheet))?.load;
};

test('what falls behind where nothing can be read, above all that can, is told; a window that keeps up, or lies below, is not', () => {
  expect(unreadAt([100, 100, false], [200, 200, false], [300, 240, true], [400, 230, true])).toBe(300);
  expect(unreadAt([100, 100, false], [200, 200, false], [300, 299, true])).toBeUndefined();
  expect(unreadAt([100, 100, false], [200, 150, true], [300, 300, false])).toBeUndefined();
});

test('where only answers are counted, one window at the top that takes ten times as long is the plateau', () => {
  const sheet = (p99: number) =>
    sheetOf([{ load: 50 }, { load: 100 }, { load: 150 }, { load: 192, p99 }], 'throughput');
  expect(over(sheet(0.1))).toEqual([false, false, false, true]);
  expect(over(sheet(0.08))).toEqual([false, false, false, false]);
});

test('and one where nothing can be read is told where many of its answers fail, or take ten times as long', () => {
  const unread = (top: { readonly goodput?: number; readonly p99?: number }) => {
    const sheet = sheetOf(
      [{ load: 50 }, { load: 100 }, { load: 150 }, { load: 192, throughput: 192, aside: true, ...top }],
      'throughput',
    );
    return behindUnread(sheet, viewOf(sheet))?.load;
  };
  expect([unread({ goodput: 150 }), unread({ p99: 0.1 }), unread({})]).toEqual([192, 192, undefined]);
});

test('what falls short by less than chance is on the plateau where the next higher load brings no more', () => {
  // 97 of 100.5 in ten seconds: 3.5 % short, within three standard deviations of 17; nor could it be told with 110 at the next
  const short = (next: number) => {
    const sheet = sheetOf([{ load: 50 }, { load: 100.5, goodput: 97 }, { load: 150, goodput: next }]);
    return overloadOf(sheet, viewOf(sheet));
  };
  expect(short(97.5)).toEqual([false, true, true]);
  expect(short(110)).toEqual([false, false, true]);
});

test('what is slow at the top is the plateau where another window beside it waits in vain', () => {
  // uvicorn behind five connections: 118.2/s in 0.2 s, 107.7/s in 2 s, and 106.6/s in hardly longer than at low load
  const windows = [{ load: 50 }, { load: 90 }, { load: 106.6 }, { load: 107.7, p99: 0.4 }, { load: 118.2, p99: 0.035 }];
  expect(over(sheetOf(windows, 'throughput'))).toEqual([false, false, false, true, true]);
  expect(over(sheetOf([...windows.slice(0, 3), { load: 118.2, p99: 0.035 }], 'throughput'))).not.toContain(true);
});

test('what was carried before a request came to cost less is carried at least; what gave way there, or cost less, tells nothing', () => {
  const carried = (errors: number, aside: object) => {
    const sheet = sheetOf(
      [{ load: 50 }, { load: 60 }, { load: 190, goodput: 190 * (1 - errors), throughput: 190 }],
      'throughput',
    );
    const set = { kind: 'unstable-config', because: 'cheaper', ...aside } as const;
    const windows = sheet.windows.map((window, i) => (i === 2 ? { ...window, aside: set } : window));
    const before = { ...sheet, windows };
    return carriedAside(before, viewOf(before));
  };
  expect(carried(0, { dearer: true })).toEqual({ rate: 190, dearer: true });
  expect(carried(0, {}).rate).toBe(0);
  expect(carried(0.2, { dearer: true }).rate).toBe(0);
});
