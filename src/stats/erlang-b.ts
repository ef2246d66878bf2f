/**
 * The probability that an arrival finds all of c servers taken, where nobody waits, under an offered load of a = λ · S (Erlang 1917, by recursion).
 *
 * @param servers whole, 1 or more
 * @param load mean number of servers' worth of work offered, 0 or more
 * @example erlangB(10, 5) // => 0.01838
 */
export function erlangB(servers: number, load: number): number {
  if (!Number.isInteger(servers) || servers < 1)
    throw new RangeError(`the number of servers is whole and at least 1, not ${servers}`);
  if (!(load >= 0)) throw new RangeError(`the offered load is 0 or more, not ${load}`);
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked;
}

const halvings = 50;

/**
 * The offered load of which so many servers turn away a share, found by halving: the inverse of `erlangB`.
 *
 * @param servers whole, 1 or more
 * @param blocked the share that finds all taken, 0 up to but not 1
 * @example erlangBLoad(10, 0.03) // => 5.529
 */
export function erlangBLoad(servers: number, blocked: number): number {
  let [low, high] = [0, servers / (1 - blocked)];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (erlangB(servers, middle) < blocked) low = middle;
    else high = middle;
  }
  return low;
}
