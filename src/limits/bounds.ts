/** From where to where a number may lie; `high` is Infinity where nothing bounds it. Interval arithmetic (Moore 1966) of what is never negative. */
export type Bounds = { readonly low: number; readonly high: number };

export const exactly = (value: number): Bounds => ({ low: value, high: value });
export const atMost = (value: number): Bounds => ({ low: 0, high: value });
export const atLeast = (value: number): Bounds => ({ low: value, high: Number.POSITIVE_INFINITY });

export const plus = (a: Bounds, b: Bounds): Bounds => ({ low: a.low + b.low, high: a.high + b.high });

/** A product in which nothing times no matter what stays nothing. */
export const times = (a: Bounds, b: Bounds): Bounds => ({ low: product(a.low, b.low), high: product(a.high, b.high) });

/** A difference that cannot fall below nothing. */
export const minus = (a: Bounds, b: Bounds): Bounds => ({
  low: Math.max(0, a.low - b.high),
  high: Number.isFinite(b.low) ? Math.max(0, a.high - b.low) : a.high,
});

export const lowestOf = (a: Bounds, b: Bounds): Bounds => ({
  low: Math.min(a.low, b.low),
  high: Math.min(a.high, b.high),
});

export const sumOf = (all: readonly Bounds[]): Bounds => all.reduce(plus, exactly(0));

export const isExact = ({ low, high }: Bounds): boolean => low === high;

/** So many may share what is given: workers that wait leave their core to others, so up to 2 × cores + 1 of them is what gunicorn advises. */
export const sharedBy = ({ low, high }: Bounds): Bounds => ({ low: 2 * low + 1, high: 2 * high + 1 });

const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
