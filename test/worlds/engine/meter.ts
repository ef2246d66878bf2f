import type { Agenda } from './agenda.ts';

/** What is counted of one resource: levels now, their integrals up to `since`, and counts. */
export type Meter = {
  since: number;
  used: number;
  waiting: number;
  usedTime: number;
  waitingTime: number;
  completions: number;
  refusals: number;
};

export const makeMeter = (now: number, used: number): Meter => ({
  since: now,
  used,
  waiting: 0,
  usedTime: 0,
  waitingTime: 0,
  completions: 0,
  refusals: 0,
});

/** Carries the integrals to now; before every change of a level. */
export function settleMeter(meter: Meter, { now }: Agenda): void {
  const passed = now - meter.since;
  if (passed <= 0) return;
  meter.usedTime += meter.used * passed;
  meter.waitingTime += meter.waiting * passed;
  meter.since = now;
}

/** What the meter shows now. Reading changes nothing, so that a world that is looked at runs as one that is not. */
export const shownBy = (meter: Meter, now: number) => ({
  used: meter.used,
  waiting: meter.waiting,
  usedTime: meter.usedTime + meter.used * (now - meter.since),
  waitingTime: meter.waitingTime + meter.waiting * (now - meter.since),
  stalledTime: 0,
  completions: meter.completions,
  refusals: meter.refusals,
  more: {},
});
