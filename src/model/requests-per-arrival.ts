/** Kinds of arrivals by their weight, and the requests that each makes. */
type Mix = readonly { readonly weight: number; readonly steps: readonly unknown[] }[];

/**
 * How many requests an arrival makes on average. Rates are requests a second everywhere, so arrivals come at rate ÷ this.
 *
 * @example with a walk of 5 requests (weight 1) and a single one (weight 3) it is 2
 */
export function requestsPerArrival(classes: Mix): number {
  const weights = classes.reduce((sum, { weight }) => sum + weight, 0);
  const requests = classes.reduce((sum, { weight, steps }) => sum + weight * steps.length, 0);
  return weights > 0 ? requests / weights : 1;
}
