import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wheelOf } from '../../src/load/wheel.ts';

test('a deadline passes within 10 ms after it and never before, however the wheel is turned', () => {
  const times = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(times, fc.double({ min: 0.001, max: 0.05, noNaN: true }), (deadlines, step) => {
      const wheel = wheelOf<number>(3, 0);
      for (const deadline of deadlines) wheel.add(deadline, deadline);
      const seen: number[] = [];
      for (let now = 0; now < 4; now += step) {
        wheel.turn(now, (deadline) => {
          seen.push(deadline);
          expect(deadline).toBeLessThanOrEqual(now);
          expect(now - deadline).toBeLessThan(0.0201 + step);
        });
      }
      expect(seen.toSorted((a, b) => a - b)).toEqual(deadlines.toSorted((a, b) => a - b));
    }),
  );
});

test('what was taken out does not expire, and may be taken out twice', () => {
  const wheel = wheelOf<string>(1, 0);
  const [first, second, third] = ['first', 'second', 'third'].map((name) => wheel.add(name, 0.5));
  if (second === undefined || first === undefined || third === undefined) throw new Error('three were added');
  wheel.remove(second);
  wheel.remove(second);
  wheel.remove(third);
  const seen: string[] = [];
  wheel.turn(1, (name) => seen.push(name));
  expect(seen).toEqual(['first']);
});

test('after a long pause everything that is due expires in one turn', () => {
  const wheel = wheelOf<number>(1, 0);
  for (const deadline of [0.1, 0.5, 0.9]) wheel.add(deadline, deadline);
  const seen: number[] = [];
  wheel.turn(60, (deadline) => seen.push(deadline));
  expect(seen.toSorted()).toEqual([0.1, 0.5, 0.9]);
});
