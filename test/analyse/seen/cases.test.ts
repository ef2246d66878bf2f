import { expect, test } from 'vitest';
import { casesOf } from '../../../src/analyse/seen/cases.ts';
import { pilesUpAt } from '../../../src/analyse/seen/overload.ts';
import { viewOf } from '../../../src/analyse/seen/view.ts';
import type { Reading } from '../../../src/model/reading.ts';
import type { Row } from '../../../src/model/sheet.ts';
import { seconds } from '../../../src/model/units.ts';
import { caseWith, sheetOf } from '../windows.ts';

const { resource } = caseWith({ usage: [] }, { kind: 'servers', layer: 'hold', unit: 'messages' });
const bare = sheetOf([{ load: 80 }, { load: 110 }]);
const reading = (blocks: readonly number[]): Reading => ({
  kind: 'value',
  value: blocks.reduce((sum, each) => sum + each, 0) / blocks.length,
  blocks,
  samples: 12,
});
const row = (role: Row['role'], readings: readonly Reading[], reads?: string): Row => ({
  resource,
  at: {},
  role,
  readings,
  interval: seconds(1),
  floor: 0,
  evidence: { pack: 'p', query: 'q', role, source: 'read', ...(reads && { reads }) } as unknown as Row['evidence'],
});
const caseOf = (reads?: string) => {
  const usage = row('usage', [reading([4, 4, 4, 4]), reading([6, 6, 6, 6])]);
  const queue = row('queue', [reading([3, 0, 2, 1]), reading([40, 115, 190, 265])], reads);
  const sheet = { ...bare, rows: [usage, queue] };
  const view = viewOf(sheet);
  return { one: casesOf(sheet, view)[0], view };
};

test('what waits grows by 30 a second within ten seconds cut into four parts, and that is more than chance', () => {
  const { one, view } = caseOf();
  if (!one) throw new Error('there is one');
  expect(one.backlog?.[1]).toBeCloseTo(30, 6);
  expect([0, 1].map((i) => pilesUpAt(one, view, i))).toEqual([false, true]);
});

test('a time that grows is no number of those that wait', () => {
  expect(caseOf('$seconds of delay').one?.backlog).toBeUndefined();
});
