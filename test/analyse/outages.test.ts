import { expect, test } from 'vitest';
import { outagesOf } from '../../src/analyse/outages.ts';
import { viewOf } from '../../src/analyse/seen/view.ts';
import type { Reading } from '../../src/model/reading.ts';
import type { Row } from '../../src/model/sheet.ts';
import { seconds } from '../../src/model/units.ts';
import { caseWith, sheetOf } from './windows.ts';

const { resource } = caseWith({ usage: [] }, { resource: 'http-threads', kind: 'servers', layer: 'hold' });

function row(role: Row['role'], values: readonly number[]): Row {
  const readings = values.map((value): Reading => ({ kind: 'value', value, blocks: [], samples: 4 }));
  const evidence = { role, source: 'test', promql: 'threads' };
  return { resource, at: {}, role, readings, interval: seconds(15), floor: 0, evidence };
}

/** Ten-second windows from 00:16:40 on: 200 threads, all in use while a system behind them is slow. */
function told(goods: readonly number[], threads: readonly number[], plateau?: number) {
  const loads = [150, 180, 200, 190, 160, 140];
  const windows = loads.map((load, i) => ({ load, throughput: load, goodput: goods[i] ?? load }));
  const sheet = {
    ...sheetOf(windows),
    rows: [
      row('usage', threads),
      row(
        'ceiling',
        threads.map(() => 200),
      ),
    ],
  };
  return outagesOf(sheet, viewOf(sheet), plateau).map(({ text }) => text);
}

const loads = [150, 180, 200, 190, 160, 140];

test('most of what is asked for fails at loads that are carried at other times: when, how much, and what was full just then', () => {
  expect(told([150, 180, 200, 10, 0, 140], [20, 25, 30, 200, 200, 20])).toEqual([
    'from 00:17:10 UTC on, for 20 s, 94.7 % to 100 % failed of 160/s to 190/s, which was carried at other times: the load alone is not why (full just then: api / http-threads)',
  ]);
});

test('what is full at other times as well, or in one of those times only, is not named', () => {
  expect(told([150, 180, 200, 10, 0, 140], [200, 200, 200, 200, 200, 20])[0]).toMatch(
    /nothing that is observed was full/,
  );
  expect(told([150, 180, 200, 10, 0, 140], [20, 25, 30, 200, 50, 20])[0]).toMatch(/nothing that is observed was full/);
});

test('nothing is said where all is carried, of what fails at any load, and where goodput stops following the load', () => {
  const calm = [20, 25, 30, 25, 20, 20];
  expect(told(loads, calm)).toEqual([]);
  expect(
    told(
      loads.map((load) => 0.8 * load),
      calm,
    ),
  ).toEqual([]);
  expect(told([150, 180, 100, 190, 160, 140], calm)).toHaveLength(1);
  expect(told([150, 180, 100, 100, 160, 140], calm, 4)).toEqual([]);
});
