const tiny = 1e-300;

/**
 * The value of b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method (Thompson & Barnett 1986), to double precision.
 *
 * @param term the pair (aₙ, bₙ) for n ≥ 1
 * @example continuedFraction(1, () => [1, 1]) // => 1.618033988749895, the golden ratio
 */
export function continuedFraction(first: number, term: (n: number) => readonly [number, number]): number {
  let value = nonZero(first);
  let c = value;
  let d = 0;
  for (let n = 1; n <= 10_000; n++) {
    const [a, b] = term(n);
    d = 1 / nonZero(b + a * d);
    c = nonZero(b + a / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 3e-16) break;
  }
  return value;
}

const nonZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
