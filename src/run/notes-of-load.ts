import type { LoadRecord } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';

/** Whether the load is our own and comes at even intervals. */
export const areEvenlySpaced = ({ load }: Order): boolean =>
  load?.plan.arrivals === 'uniform' && load.plan.think === undefined;

/** Users come at random: the same number of them, evenly spaced, waits less, and fails less where there is a hard limit. */
export function evenlySpaced(order: Order): readonly string[] {
  if (!areEvenlySpaced(order)) return [];
  return [
    'arrivals were evenly spaced; those of users come at random, so that more of them wait or fail at the same load: a plan with "arrivals: poisson" shows it',
  ];
}

/** Whether what waits and what fails is the answer: an objective, or what a search looks for. */
export const restsOnSpacing = ({ load, objectives }: Order): boolean =>
  load?.plan.kind === 'search' || objectives.latency.length > 0 || objectives.errors !== undefined;

/**
 * That steps of a plan were not offered, though nobody stopped the load: after steps that fell clearly behind nothing is learnt from more.
 *
 * @param away what of the target was away in the last of them
 */
export function endedEarly({ load }: Order, { windows, stopped }: LoadRecord, away?: string): readonly string[] {
  if (load === undefined || load.plan.kind === 'search' || stopped !== undefined) return [];
  const { steps, kind } = load.plan;
  if (windows.length === 0 || windows.length >= steps.length) return [];
  const ended = `the ${kind} ended after ${windows.length} of its ${steps.length} steps`;
  if (away !== undefined)
    return [`${ended}: in the last of them requests got no answer while something was away (${away})`];
  const who = windows.at(-1)?.health.verdict === 'limited' ? 'the load generator' : 'the target';
  return [`${ended}: ${who} had fallen behind, and more load would have shown no more`];
}
