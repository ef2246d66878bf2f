import { expect, test } from 'vitest';
import { withCeilingsHeld } from '../../src/align/ceilings-held.ts';
import type { Reading } from '../../src/model/reading.ts';
import type { Row } from '../../src/model/sheet.ts';
import { seconds } from '../../src/model/units.ts';

const row = (role: Row['role'], values: readonly (number | undefined)[]): Row => ({
  resource: {
    component: 'app',
    resource: 'file-descriptors',
    kind: 'pool',
    layer: 'hold',
    unit: 'descriptors',
    hard: true,
  },
  at: {},
  role,
  readings: values.map(
    (value): Reading =>
      value === undefined ? { kind: 'absent', why: 'gap' } : { kind: 'value', value, blocks: [], samples: 9 },
  ),
  interval: seconds(2),
  floor: 0,
  evidence: { role, source: 'test', promql: 'x' },
});
const ceilings = (used: readonly (number | undefined)[], most: readonly (number | undefined)[]) =>
  withCeilingsHeld([row('usage', used), row('ceiling', most)])[1]?.readings.map((reading) =>
    reading.kind === 'value' ? reading.value : undefined,
  );

test('a limit of 64 that cannot be read while all of it is in use stands', () => {
  expect(ceilings([20, 60, 64, 64], [64, 64, undefined, undefined])).toEqual([64, 64, 64, 64]);
});

test('where more is used, or nothing is read, it is not known; what comes before it was told is not either', () => {
  expect(ceilings([20, 60, 80, 60], [64, 64, undefined, undefined])).toEqual([64, 64, undefined, undefined]);
  expect(ceilings([20, 60, undefined], [undefined, 64, undefined])).toEqual([undefined, 64, undefined]);
});
