import { expect, test } from 'vitest';
import type { Channel, Progress } from '../../src/cli/handed.ts';
import { progressOn } from '../../src/cli/progress-on.ts';
import type { Beat } from '../../src/model/pulse.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';

function channel(isTerminal: boolean): Channel & { readonly text: () => string } {
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  return { write, isTerminal, columns: 60, colour: false, text: () => text };
}

const beat = (at: number, step: Beat['step']): Progress => ({
  kind: 'beat',
  beat: {
    at: epoch(at),
    step,
    offered: perSecond(120),
    achieved: perSecond(119),
    p50: seconds(0.012),
    p99: seconds(0.04),
    errors: ratio(0),
    inFlight: 2,
    fullest: { component: 'db', resource: 'cpu', ratio: 0.72 },
    counts: { completed: 1000, failed: 0, connectFailures: 0 },
    prometheusSeen: undefined,
    guards: {},
  },
});
const measuring = (index: number): Beat['step'] => ({ index, of: 4, phase: 'measure' });

test('where it is not a terminal, a beat is a plain line', () => {
  const stderr = channel(false);
  progressOn(stderr, false).tell(beat(100, measuring(2)));
  expect(stderr.text()).toBe(
    'step 3 of 4  offered 120/s  achieved 119/s  p50 12 ms  p99 40 ms  errors 0 %  fullest db cpu 72 %\n',
  );
});

test('plain lines come with every new step and phase, and else every five seconds', () => {
  const stderr = channel(false);
  const { tell } = progressOn(stderr, false);
  for (const at of [100, 101, 104.9, 105]) tell(beat(at, measuring(0)));
  tell(beat(106, { index: 1, of: 4, phase: 'settle' }));
  tell(beat(107, measuring(1)));
  expect(stderr.text().split('\n').length - 1).toBe(4);
});

test('on a terminal a beat writes over the one before, within its width', () => {
  const stderr = channel(true);
  const { tell, close } = progressOn(stderr, false);
  tell(beat(100, measuring(1)));
  tell(beat(101, measuring(1)));
  close();
  const [, first = '', second = ''] = stderr.text().split('\r\u001b[K');
  expect(first).toMatch(/^█{8}░{12} step 2 of 4 {2}offered 120\/s/);
  expect(first.length).toBe(59);
  expect(second.endsWith('\n')).toBe(true);
});

test('a stage on a terminal gets a line of its own', () => {
  const stderr = channel(true);
  const { tell } = progressOn(stderr, false);
  tell(beat(100, measuring(0)));
  tell({ kind: 'stage', text: 'reading Prometheus' });
  expect(stderr.text().endsWith('\nreading Prometheus\n')).toBe(true);
});

test('quiet says nothing', () => {
  const stderr = channel(false);
  progressOn(stderr, true).tell({ kind: 'stage', text: 'loading' });
  expect(stderr.text()).toBe('');
});
