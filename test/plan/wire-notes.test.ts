import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { plainWire } from '../../src/model/wire.ts';
import { wireNotes } from '../../src/plan/wire-notes.ts';

const planTo = (rate: number): Plan => ({
  name: 'p',
  kind: 'staircase',
  arrivals: 'uniform',
  seed: 1,
  scrape: seconds(5),
  steps: [100, rate].map((rate, index) => ({ index, rate: perSecond(rate), settle: seconds(1), measure: seconds(9) })),
});
const anew = { ...plainWire, connections: 'new' } as const;

test('connections that are kept take no budget, and what is not known is not told', () => {
  expect(wireNotes(planTo(1000), plainWire, 28_232)).toEqual([]);
  expect(wireNotes(planTo(1000), anew, undefined)).toEqual([]);
});

test('28 232 ports for 60 s each are 471 connections a second', () => {
  const [within] = wireNotes(planTo(400), anew, 28_232);
  expect(within?.text).toContain('471/s can go on for ever');
  expect(within?.text).not.toContain('run out');
  expect(wireNotes(planTo(500), anew, 28_232)[0]?.text).toContain('the plan goes up to 500/s, where they may run out');
});

test('a certificate that is not verified is told', () => {
  const tls = { ...plainWire.tls, verify: false };
  expect(wireNotes(planTo(10), { ...plainWire, tls }, 28_232)).toEqual([
    { about: 'safety', text: 'the certificate of the target is not verified (tls.verify is false)' },
  ]);
});
