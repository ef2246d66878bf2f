import type { Caps } from '../model/script.ts';

/** So many are open from the start: what follows on need is then rarely the first of many. */
const fewest = 16;
/** Room for the rate to wander. */
const spare = 1.5;

/**
 * How many connections a step is likely to need, by Little's law L = λ·W: rate (1/s) times the response time (s) that 99 % stay below,
 * with half as much again. Never above the cap on requests in flight; more are opened on need, up to that cap.
 */
export function connectionsFor(rate: number, responseP99: number | undefined, caps: Caps): number {
  return Math.min(caps.inFlight, Math.max(fewest, Math.ceil(rate * (responseP99 ?? 0) * spare)));
}
