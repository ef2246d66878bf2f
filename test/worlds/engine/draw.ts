/**
 * Numbers that are a function of what they are for: the same request draws the same times whatever happens around it,
 * so that two worlds that differ in one size differ only by what that size does (common random numbers).
 */

/** Spreads the bits of a number: the finaliser of MurmurHash3 (Austin Appleby, public domain). */
function spread(bits: number): number {
  let mixed = bits | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A key of 32 bits for the thing numbered `number` under another key. */
export const keyOf = (key: number, number: number): number =>
  spread(spread(key + 0x2545f491) ^ Math.imul(number + 1, 0x9e3779b1));

/** The number in (0, 1) of a key. */
export const uniformOf = (key: number): number => (spread(key ^ 0x6a09e667) + 2147483648.5) / 4294967296;

/** A time with mean 1 and a coefficient of variation: 0 fixed, 1 exponential, else gamma. */
export function timeOf(key: number, cv: number): number {
  if (cv === 0) return 1;
  if (cv === 1) return -Math.log(uniformOf(key));
  const shape = 1 / (cv * cv);
  return gammaOf(key, shape) / shape;
}

/** A gamma variate of scale 1 (Marsaglia and Tsang 2000; below a shape of 1 through shape + 1). */
function gammaOf(key: number, shape: number): number {
  if (shape < 1) return gammaOf(keyOf(key, 1), shape + 1) * uniformOf(key) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let round = 0; ; round += 1) {
    const own = keyOf(key, 2 + round);
    const normal = normalOf(own);
    const v = (1 + c * normal) ** 3;
    if (v <= 0) continue;
    if (Math.log(uniformOf(keyOf(own, 2))) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A standard normal variate (Box and Muller 1958). */
function normalOf(key: number): number {
  const radius = Math.sqrt(-2 * Math.log(uniformOf(key)));
  return radius * Math.cos(2 * Math.PI * uniformOf(keyOf(key, 1)));
}
