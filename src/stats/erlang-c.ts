/**
 * The probability that an arrival has to wait at c servers under an offered load of a = λ · S (Erlang 1917; via the recursion of Erlang's B).
 * 1 where the load is as large as the servers or larger.
 *
 * @param servers whole, 1 or more
 * @param load mean number of servers' worth of work offered, 0 or more
 * @example erlangC(4, 3.2) // => 0.59643
 */
export function erlangC(servers: number, load: number): number {
  if (!Number.isInteger(servers) || servers < 1)
    throw new RangeError(`the number of servers is whole and at least 1, not ${servers}`);
  if (!(load >= 0)) throw new RangeError(`the offered load is 0 or more, not ${load}`);
  if (load >= servers) return 1;
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (load * blocked) / (c + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}
