import { describe, expect, test } from 'vitest';
import { epoch, seconds } from '../../src/model/units.ts';
import { checkRhythm, nextTick } from '../../src/watch/next-tick.ts';

const at = (text: string) => epoch(Date.parse(text) / 1000);
const every = (duration: number, phase = 0) =>
  ({ kind: 'every', duration: seconds(duration), phase: seconds(phase) }) as const;
const cron = (pattern: string, timezone = 'UTC') => ({ kind: 'cron', pattern, timezone }) as const;

describe('every five minutes', () => {
  test('is due at the multiples of 300 s, whenever the process started', () => {
    expect(nextTick(every(300), epoch(901))).toBe(1200);
    expect(nextTick(every(300), epoch(1199.9))).toBe(1200);
  });

  test('is due after now, not at now', () => {
    expect(nextTick(every(300), epoch(900))).toBe(1200);
  });

  test('is shifted by its phase', () => {
    expect(nextTick(every(300, 10), epoch(900))).toBe(910);
    expect(nextTick(every(300, 10), epoch(910))).toBe(1210);
  });
});

describe('a cron pattern', () => {
  test('"0 4 * * 2" is Tuesday at four: 2026-11-21 is a Saturday, so the 24th', () => {
    expect(nextTick(cron('0 4 * * 2'), at('2026-11-21T03:00:00Z'))).toBe(at('2026-11-24T04:00:00Z'));
  });

  test('means the hours of its time zone: four in Berlin is three in UTC in winter', () => {
    expect(nextTick(cron('0 4 * * *', 'Europe/Berlin'), at('2026-11-21T00:00:00Z'))).toBe(at('2026-11-21T03:00:00Z'));
  });

  test('that never comes again is never due', () => {
    expect(nextTick(cron('0 0 31 2 *'), at('2026-11-21T03:00:00Z'))).toBeUndefined();
  });
});

describe('what is refused', () => {
  test.each([
    ['not enough fields', cron('0 4 *')],
    ['a field out of range', cron('0 25 * * *')],
    ['seconds as a sixth field', cron('0 0 4 * * 2')],
    ['words', cron('tuesdays')],
  ])('%s, with the place and what would be right', (_name, rhythm) => {
    expect(() => checkRhythm(rhythm, 'targets.shop.watch.probe')).toThrow(
      /^targets\.shop\.watch\.probe: not a time table: .*right would be five fields, as in "0 4 \* \* 2"/,
    );
  });

  test('an interval below a second', () => {
    expect(() => checkRhythm(every(0), 'targets.shop.watch.observe')).toThrow('must be at least 1s');
  });

  test('nothing that is right', () => {
    expect(() => checkRhythm(cron('*/15 9-17 * * MON-FRI'), 'here')).not.toThrow();
    expect(() => checkRhythm(every(300), 'here')).not.toThrow();
  });
});
