import type { RequestClass } from './script.ts';

/**
 * How many requests an arrival makes on average. Rates are requests a second everywhere, so arrivals come at rate ÷ this.
 *
 * @example with a walk of 5 requests (weight 1) and a single one (weight 3) it is 2
 */
export function requestsPerArrival(classes: readonly RequestClass[]): number {
  const weights = classes.reduce((sum, { weight }) => sum + weight, 0);
  const requests = classes.reduce((sum, { weight, steps }) => sum + weight * steps.length, 0);
  return weights > 0 ? requests / weights : 1;
}
