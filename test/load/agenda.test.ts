import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agendaOf } from '../../src/load/agenda.ts';

test('whatever order it is told in, the soonest comes first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
      const agenda = agendaOf<number>();
      for (const time of times) agenda.add(time, time);
      const out = times.map(() => agenda.shift()?.item);
      expect(out).toEqual(times.toSorted((a, b) => a - b));
      expect(agenda.due()).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('what is added meanwhile takes its place', () => {
  const agenda = agendaOf<string>();
  agenda.add(2, 'two');
  agenda.add(4, 'four');
  expect(agenda.shift()?.item).toBe('two');
  agenda.add(3, 'three');
  expect(agenda.due()).toBe(3);
  expect([agenda.shift()?.item, agenda.shift()?.item, agenda.shift()]).toEqual(['three', 'four', undefined]);
});
